package dev.gatehouse.example.account;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** The accounts in the database. Thread-safe. */
public final class Accounts {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9](?:[A-Za-z0-9._-]{0,48}[A-Za-z0-9])?");
    private static final Pattern EMAIL =
            Pattern.compile("[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
                    + "(?:\\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*");
    /** The longest address in characters. */
    public static final int LONGEST_EMAIL = 254;

    private final Jdbi jdbi;
    private final Passwords passwords;

    public Accounts(Jdbi jdbi, Passwords passwords) {
        this.jdbi = jdbi;
        this.passwords = passwords;
    }

    /** The answer to a registration. */
    public sealed interface Registration {
        /** The account is there. */
        record Registered(Account account) implements Registration {}

        /** Somebody has the name. */
        record NameTaken() implements Registration {}
    }

    /** Whether an account may be called so. */
    public static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** Whether mail can be sent to the text. */
    public static boolean isEmail(String text) {
        return text.length() <= LONGEST_EMAIL && EMAIL.matcher(text).matches();
    }

    /** Makes an account, whose address is not verified yet. */
    public Registration register(String name, String email, String password, Instant now) {
        Account account = new Account(UUID.randomUUID().toString(), name, now, email, false, 1, 0, false);
        String hash = passwords.hash(password);
        try {
            jdbi.useTransaction(h -> h.createUpdate("INSERT INTO account (id, name, name_key, password,"
                            + " password_version, registered, email, email_verified, admin)"
                            + " VALUES (:id, :name, :key, :password, 1, :at, :email, FALSE, FALSE)")
                    .bind("id", account.id())
                    .bind("name", name)
                    .bind("key", key(name))
                    .bind("password", hash)
                    .bind("at", utc(now))
                    .bind("email", email)
                    .execute());
        } catch (UnableToExecuteStatementException e) {
            if (byName(name).isPresent()) {
                return new Registration.NameTaken();
            }
            throw e;
        }
        return new Registration.Registered(account);
    }

    public Optional<Account> byId(String id) {
        return jdbi.withHandle(h -> byId(h, id));
    }

    private static Optional<Account> byId(Handle handle, String id) {
        return handle.createQuery("SELECT * FROM account WHERE id = :id")
                .bind("id", id)
                .map((rs, c) -> account(rs))
                .findOne();
    }

    public Optional<Account> byName(String name) {
        return jdbi.withHandle(h -> h.createQuery("SELECT * FROM account WHERE name_key = :key")
                .bind("key", key(name))
                .map((rs, c) -> account(rs))
                .findOne());
    }

    /** The account with this name, or whose verified address this is. */
    public Optional<Account> byNameOrAddress(String text) {
        if (isName(text)) {
            return byName(text);
        }
        return jdbi.withHandle(h -> h.createQuery("SELECT a.* FROM account a JOIN verified_email v ON v.account = a.id"
                        + " WHERE v.email_key = :key")
                .bind("key", key(text))
                .map((rs, c) -> account(rs))
                .findOne());
    }

    /** The account that logs in with this name, if there is one. */
    public Optional<Account> toLogIn(String name) {
        return isName(name) ? byName(name) : Optional.empty();
    }

    /** The account if this is its password; as slow where there is none. */
    public Optional<Account> authenticate(Optional<Account> account, String password) {
        if (account.isEmpty()) {
            passwords.matchesNobody(password);
            return Optional.empty();
        }
        return isPassword(account.get(), password) ? account : Optional.empty();
    }

    /** Whether the password is the account's. */
    public boolean isPassword(Account account, String password) {
        String hash = jdbi.withHandle(h -> h.createQuery("SELECT password FROM account WHERE id = :id")
                .bind("id", account.id())
                .mapTo(String.class)
                .one());
        return passwords.matches(password, hash);
    }

    /**
     * Gives the account a new password, and with it a new version, if nobody has changed it since the account was read: all its
     * sessions but the caller's are over.
     *
     * @return the account with the new password, or nothing if it was too late
     */
    public Optional<Account> changePassword(Account account, String password, Instant now) {
        String hash = passwords.hash(password);
        return jdbi.inTransaction(h -> {
            int changed = h.createUpdate(
                            "UPDATE account SET password = :password, password_version = password_version + 1"
                                    + " WHERE id = :id AND password_version = :version")
                    .bind("password", hash)
                    .bind("id", account.id())
                    .bind("version", account.passwordVersion())
                    .execute();
            if (changed != 1) {
                return Optional.empty();
            }
            event(h, account.id(), "password-changed", now);
            return byId(h, account.id());
        });
    }

    /** Notes a finished login: what was mailed before it opens nothing any more. */
    public void loggedIn(String account) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE account SET logins = logins + 1 WHERE id = :id")
                .bind("id", account)
                .execute());
    }

    /**
     * Gives the account a new password if nobody has logged in or changed the password since the account was read.
     *
     * @return the account with the new password, or nothing if it was too late
     */
    public Optional<Account> resetPassword(Account account, String password, Instant now) {
        String hash = passwords.hash(password);
        return jdbi.inTransaction(h -> {
            int changed = h.createUpdate(
                            "UPDATE account SET password = :password, password_version = password_version + 1"
                                    + " WHERE id = :id AND password_version = :version AND logins = :logins")
                    .bind("password", hash)
                    .bind("id", account.id())
                    .bind("version", account.passwordVersion())
                    .bind("logins", account.logins())
                    .execute();
            if (changed != 1) {
                return Optional.empty();
            }
            event(h, account.id(), "password-changed", now);
            return byId(h, account.id());
        });
    }

    /** Ends every session of the account. */
    public void endSessions(String account) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE account SET password_version = password_version + 1 WHERE id = :id")
                .bind("id", account)
                .execute());
    }

    /** Sets another address, which is not verified. */
    public void changeEmail(Account account, String email, Instant now) {
        jdbi.useTransaction(h -> {
            h.createUpdate("UPDATE account SET email = :email, email_verified = FALSE WHERE id = :id")
                    .bind("email", email)
                    .bind("id", account.id())
                    .execute();
            h.createUpdate("DELETE FROM verified_email WHERE account = :id")
                    .bind("id", account.id())
                    .execute();
            event(h, account.id(), "email-changed", now);
        });
    }

    /** The answer to a verification. */
    public enum EmailVerification {
        VERIFIED,
        /** The account has another address by now. */
        OTHER_ADDRESS,
        /** The address is verified for another account. */
        TAKEN
    }

    /** Notes that the owner of the account reads mail at the address. */
    public EmailVerification verifyEmail(String id, String email) {
        return jdbi.inTransaction(h -> {
            // Locked until it is written: another address set in between would be taken for this one.
            Optional<String> present = h.createQuery("SELECT email FROM account WHERE id = :id FOR UPDATE")
                    .bind("id", id)
                    .mapTo(String.class)
                    .findOne();
            if (present.isEmpty() || !present.get().equals(email)) {
                return EmailVerification.OTHER_ADDRESS;
            }
            Optional<String> holder = h.createQuery("SELECT account FROM verified_email WHERE email_key = :key")
                    .bind("key", key(email))
                    .mapTo(String.class)
                    .findOne();
            if (holder.isPresent() && !holder.get().equals(id)) {
                return EmailVerification.TAKEN;
            }
            if (holder.isEmpty()) {
                h.createUpdate("DELETE FROM verified_email WHERE account = :id")
                        .bind("id", id)
                        .execute();
                h.createUpdate("INSERT INTO verified_email (email_key, account) VALUES (:key, :id)")
                        .bind("key", key(email))
                        .bind("id", id)
                        .execute();
            }
            h.createUpdate("UPDATE account SET email_verified = TRUE WHERE id = :id")
                    .bind("id", id)
                    .execute();
            return EmailVerification.VERIFIED;
        });
    }

    public void makeAdmin(String id, boolean admin) {
        jdbi.useHandle(h -> h.createUpdate("UPDATE account SET admin = :admin WHERE id = :id")
                .bind("admin", admin)
                .bind("id", id)
                .execute());
    }

    /** Notes when something happened to an account that a policy may ask about. */
    public void event(String account, String name, Instant at) {
        jdbi.useTransaction(h -> event(h, account, name, at));
    }

    /** Notes it in the transaction of the handle. */
    public static void event(Handle h, String account, String name, Instant at) {
        h.createUpdate("DELETE FROM account_event WHERE account = :account AND name = :name")
                .bind("account", account)
                .bind("name", name)
                .execute();
        h.createUpdate("INSERT INTO account_event (account, name, at) VALUES (:account, :name, :at)")
                .bind("account", account)
                .bind("name", name)
                .bind("at", utc(at))
                .execute();
    }

    /** When something last happened to an account, if ever. */
    public Optional<Instant> lastEvent(String account, String name) {
        return jdbi.withHandle(h -> h.createQuery(
                        "SELECT at FROM account_event WHERE account = :account AND name = :name")
                .bindMap(Map.of("account", account, "name", name))
                .map((rs, c) -> rs.getObject("at", OffsetDateTime.class).toInstant())
                .findOne());
    }

    private static String key(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Account account(ResultSet rs) throws SQLException {
        return new Account(
                rs.getString("id"),
                rs.getString("name"),
                rs.getObject("registered", OffsetDateTime.class).toInstant(),
                rs.getString("email"),
                rs.getBoolean("email_verified"),
                rs.getLong("password_version"),
                rs.getLong("logins"),
                rs.getBoolean("admin"));
    }
}
