package dev.gatehouse.webauthn;

import com.google.common.net.InetAddresses;
import com.google.common.net.InternetDomainName;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a domain and an origin look like in the form that browsers write. */
final class SiteNames {
    private static final String LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
    private static final Pattern DOMAIN = Pattern.compile("(?:" + LABEL + "\\.)*" + LABEL);
    private static final Pattern ORIGIN =
            Pattern.compile("(https?)://((?:" + LABEL + "\\.)*" + LABEL + ")(?::([1-9][0-9]{0,4}))?");
    private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(?:[0-9]+|0x[0-9a-f]*)");
    private static final String LOCALHOST = "localhost";
    private static final int MAX_DOMAIN = 253;
    private static final int MAX_APP_ORIGIN = 512;
    private static final int MAX_PORT = 65_535;

    private SiteNames() {}

    static String checkedId(String id) {
        Objects.requireNonNull(id, "id");
        if (id.equals(LOCALHOST)) {
            return id;
        }
        // The URL standard takes a host whose last label is a number for an IPv4 address.
        if (InetAddresses.isUriInetAddress(id) || NUMERIC_END.matcher(id).matches()) {
            throw new IllegalArgumentException("id: '" + id + "' is an IP address; browsers take only a domain");
        }
        if (id.length() > MAX_DOMAIN || !DOMAIN.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "id: '" + id + "' is not a domain in lower case without scheme, port and path");
        }
        if (id.indexOf('.') < 0 || InternetDomainName.from(id).isPublicSuffix()) {
            throw new IllegalArgumentException("id: '" + id + "' is a public suffix; browsers refuse it");
        }
        return id;
    }

    static void checkOrigin(String origin, String id) {
        Matcher parts = checkedParts(origin, "origins");
        String host = parts.group(2);
        if (!host.equals(id) && !host.endsWith('.' + id)) {
            throw new IllegalArgumentException("origins: '" + origin + "' is not of " + id);
        }
        if (parts.group(1).equals("http") && !host.equals(LOCALHOST) && !host.endsWith('.' + LOCALHOST)) {
            throw new IllegalArgumentException("origins: '" + origin + "' is not https");
        }
    }

    static void checkTopOrigin(String origin) {
        checkedParts(origin, "topOrigins");
    }

    static void checkAppOrigin(String origin) {
        if (origin.isEmpty()
                || origin.length() > MAX_APP_ORIGIN
                || origin.chars().anyMatch(c -> c <= ' ' || c >= 0x7F)) {
            throw new IllegalArgumentException("appOrigins: 1 to " + MAX_APP_ORIGIN + " visible ASCII characters");
        }
        if (origin.startsWith("http:") || origin.startsWith("https:")) {
            throw new IllegalArgumentException("appOrigins: '" + origin + "' is a site's origin");
        }
    }

    private static Matcher checkedParts(String origin, String parameter) {
        Matcher parts = ORIGIN.matcher(origin);
        if (!parts.matches()) {
            throw new IllegalArgumentException(
                    parameter + ": '" + origin + "' is not scheme, host and port alone, in lower case");
        }
        String port = parts.group(3);
        if (port != null) {
            int number = Integer.parseInt(port);
            if (number > MAX_PORT || number == (parts.group(1).equals("https") ? 443 : 80)) {
                throw new IllegalArgumentException(
                        parameter + ": '" + origin + "' has a default or impossible port; browsers leave it out");
            }
        }
        return parts;
    }
}
