package dev.gatehouse.example.web;

import dev.gatehouse.example.Options;
import dev.gatehouse.secret.KeyRing;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;

/**
 * What the index is started with.
 *
 * @param clock the only source of time
 * @param address the address that people use, without a slash at the end
 */
public record Environment(
        Options options,
        InstantSource clock,
        SecureRandom random,
        String address,
        DataSource source,
        Jdbi jdbi,
        KeyRing keys) {

    String host() {
        return URI.create(address).getHost();
    }

    /** Whether browsers come over TLS, so that cookies must. */
    public boolean isSecure() {
        return address.startsWith("https:");
    }

    /** The name of a cookie; browsers hold the prefix to be set by this very host, over TLS. */
    public String cookieName(String what) {
        return (isSecure() ? "__Host-" : "index-") + what;
    }

    /** The origins of the pages of this index. */
    Set<String> origins() {
        return isSecure()
                ? Set.of(address)
                : Set.of(
                        address,
                        address.replace("//localhost:", "//127.0.0.1:"),
                        address.replace("//localhost:", "//[::1]:"));
    }
}
