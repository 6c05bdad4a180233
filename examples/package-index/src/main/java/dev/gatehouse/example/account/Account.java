package dev.gatehouse.example.account;

import java.time.Instant;

/**
 * One account.
 *
 * @param id immutable, never given to anybody else
 * @param passwordVersion grows with every new password; a session of an older one is over
 * @param logins grows with every finished login
 * @param admin whether it may flip switches and give waivers
 */
public record Account(
        String id,
        String name,
        Instant registered,
        String email,
        boolean emailVerified,
        long passwordVersion,
        long logins,
        boolean admin) {
    /** What makes void a link that was mailed before: a login, or another password. */
    public String stamp() {
        return passwordVersion + "-" + logins;
    }
}
