package dev.gatehouse.publisher;

import java.util.Locale;
import java.util.Optional;

/** Where a publisher's project is at home on the web. */
interface PublisherSite {

    /** Whether the address is there; never throws for a text. */
    boolean covers(PublisherSettings settings, String url);

    /** The address that the template gives and all below it. */
    static PublisherSite below(String template) {
        Template place = Template.of(template);
        return (settings, url) -> {
            String reference = place.fill(new SettingsValues(settings));
            return reference != null && isBelow(reference, url, false);
        };
    }

    /** A repository without case: its address, all below it, and the address itself with {@code .git}. */
    static PublisherSite repository(String template) {
        Template place = Template.of(template);
        return (settings, url) -> {
            String reference = place.fill(new SettingsValues(settings));
            return reference != null && (isBelow(reference, url, true) || isClone(reference, url));
        };
    }

    /** Pages that the provider serves, without case: the address and all below it. */
    static PublisherSite pages(String template) {
        Template place = Template.of(template);
        return (settings, url) -> {
            String reference = place.fill(new SettingsValues(settings));
            return reference != null && isBelow(reference, url, true);
        };
    }

    private static boolean isClone(String reference, String url) {
        String plain = url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
        return plain.endsWith(".git") && isBelow(reference, plain.substring(0, plain.length() - ".git".length()), true);
    }

    /**
     * Whether an address is the reference or below it: scheme and authority are equal, the path is equal or goes on behind a slash.
     * An address that a browser could read as another (backslashes, dot segments, also encoded ones, anything but visible ASCII) is
     * not.
     */
    static boolean isBelow(String reference, String url, boolean ignoringCase) {
        Optional<Address> here = Address.of(url);
        Optional<Address> there = Address.of(reference);
        if (here.isEmpty()
                || there.isEmpty()
                || !here.get().origin().equals(there.get().origin())) {
            return false;
        }
        String path = here.get().path();
        String root = there.get().path();
        if (root.isEmpty() || Fold.equal(path, root, ignoringCase)) {
            return true;
        }
        String folder = root.endsWith("/") ? root : root + "/";
        return Fold.startsWith(path, 0, folder, ignoringCase);
    }

    /**
     * The parts of an address that are compared.
     *
     * @param origin scheme and authority in lower case
     * @param path from the first slash to query or fragment
     */
    record Address(String origin, String path) {
        static Optional<Address> of(String url) {
            for (int i = 0; i < url.length(); i++) {
                char c = url.charAt(i);
                if (c <= ' ' || c >= 127 || c == '\\') {
                    return Optional.empty();
                }
            }
            int scheme = url.indexOf("://");
            if (scheme <= 0) {
                return Optional.empty();
            }
            int path = end(url, scheme + 3, "/?#");
            int end = end(url, path, "?#");
            String below = url.substring(path, end);
            if (path == scheme + 3 || hasDots(below)) {
                return Optional.empty();
            }
            return Optional.of(new Address(url.substring(0, path).toLowerCase(Locale.ROOT), below));
        }

        private static int end(String url, int from, String ends) {
            int at = from;
            while (at < url.length() && ends.indexOf(url.charAt(at)) < 0) {
                at++;
            }
            return at;
        }

        /** Whether a segment is one or two dots, each of them written out or as {@code %2e}. */
        private static boolean hasDots(String path) {
            int dots = 0;
            boolean onlyDots = true;
            for (int i = 0; i <= path.length(); i++) {
                if (i == path.length() || path.charAt(i) == '/') {
                    if (onlyDots && (dots == 1 || dots == 2)) {
                        return true;
                    }
                    dots = 0;
                    onlyDots = true;
                } else if (path.charAt(i) == '.') {
                    dots++;
                } else if (Fold.startsWith(path, i, "%2e", true)) {
                    dots++;
                    i += 2;
                } else {
                    onlyDots = false;
                }
            }
            return false;
        }
    }
}
