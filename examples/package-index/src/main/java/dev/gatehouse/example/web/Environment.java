package dev.gatehouse.example.web;

import dev.gatehouse.example.Options;
import dev.gatehouse.secret.KeyRing;
import dev.gatehouse.webauthn.RelyingParty;
import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jdbi.v3.core.Jdbi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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
    /** What the index is called, on its pages and on security keys. */
    static final String NAME = "Gatehouse package index";

    private static final Logger LOG = LoggerFactory.getLogger(Environment.class);

    String host() {
        return URI.create(address).getHost();
    }

    /** What security keys are bound to; nothing where the address is none that they can be bound to, such as a number. */
    Optional<RelyingParty> relyingParty() {
        try {
            RelyingParty.Builder party = isSecure()
                    ? RelyingParty.builder(host(), NAME, Set.of(address))
                    : RelyingParty.builder("localhost", NAME, Set.of("http://localhost" + port()));
            if (!options.keyAlgorithms().isEmpty()) {
                party.algorithms(options.keyAlgorithms());
            }
            return Optional.of(party.build());
        } catch (IllegalArgumentException e) {
            LOG.warn("There are no security keys at this address: {}", e.getMessage());
            return Optional.empty();
        }
    }

    private String port() {
        int port = URI.create(address).getPort();
        return port < 0 ? "" : ":" + port;
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
                : Set.of("http://localhost" + port(), "http://127.0.0.1" + port(), "http://[::1]" + port());
    }
}
