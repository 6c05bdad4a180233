package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.signin.DeviceRepository.Stored;
import dev.gatehouse.state.AccountVersions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The browsers that accounts have logged in from and want to be known by.
 *
 * <p>A device is a random cookie of 256 bits, of which the store has only the hash; it is bound to one account, ends after its
 * lifetime, and is void from the moment at which the account's version changes: with any factor added or removed, a recovery code
 * made or used, a new password. Its owner sees all of them and revokes each. An address plays no part: whoever shares one with the
 * victim is no less a stranger.
 *
 * <p><b>For the host.</b> After {@link SignInStep.Completed}, if its user wants it, call {@link #remember} and set the cookie:
 * {@code HttpOnly}, {@code Secure}, {@code SameSite=Strict}, its path that of the login, its age the device's. In each later login
 * give its value to {@link SignInRequest#withDevice}. Leave the cookie at logout. After a password reset or a recovery call
 * {@link #revokeAll}.
 *
 * <p>Immutable and thread-safe. What the store answers is distrusted: a device of another account makes it an exception.
 */
public final class KnownDevices {
    /** The most devices of one account; a further one drops the oldest. */
    public static final int MAX_DEVICES = 50;

    private static final Duration MIN_LIFETIME = Duration.ofMinutes(1);
    private static final Duration MAX_LIFETIME = Duration.ofDays(400);

    private final DeviceRepository repository;
    private final AccountVersions versions;
    private final InstantSource clock;
    private final Duration lifetime;
    private final SecureRandom random;

    private KnownDevices(Builder b) {
        this.repository = b.repository;
        this.versions = b.versions;
        this.clock = b.clock;
        this.lifetime = b.lifetime;
        this.random = b.random;
    }

    /** A builder of the devices in this repository. */
    public static Builder builder(DeviceRepository repository, AccountVersions versions) {
        return new Builder(repository, versions);
    }

    /**
     * A device that was just remembered.
     *
     * @param device as its owner sees it
     * @param cookie the value of its cookie; secret, and kept nowhere else
     */
    public record Remembered(KnownDevice device, String cookie) {
        /** Checks that both are there. */
        public Remembered {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(cookie, "cookie");
        }

        @Override
        public String toString() {
            return device.toString();
        }
    }

    /**
     * Remembers the browser that has just completed a login; {@code account:two_factor:device_remembered} is recorded.
     *
     * @param label what the owner is shown; cut at {@link KnownDevice#MAX_LABEL_LENGTH}
     */
    public Remembered remember(String account, KnownDevice.Trust trust, String label, NetworkAddress address) {
        Instant now = clock.instant();
        String cookie = Secrets.next(random);
        String id = Secrets.next(random);
        String text = label.replace('\0', ' ');
        String cut = text.length() > KnownDevice.MAX_LABEL_LENGTH
                ? text.substring(0, KnownDevice.MAX_LABEL_LENGTH - 1) + "\u2026"
                : text;
        KnownDevice device = new KnownDevice(id, account, version(account), trust, cut, now, now, now.plus(lifetime));
        AuditEvent event = event(AuditTag.DEVICE_REMEMBERED, account, address, now)
                .subject(id)
                .attribute("trust", trust == KnownDevice.Trust.REMEMBERED ? "remembered" : "known")
                .build();
        repository.add(new Stored(device, Secrets.hash("device", cookie)), MAX_DEVICES, event);
        return new Remembered(device, cookie);
    }

    /**
     * The account's device that this cookie belongs to, if it is good now.
     *
     * @param cookie as received; any text
     */
    public Optional<KnownDevice> recognise(String account, String cookie) {
        if (!Secrets.isFormed(cookie)) {
            return Optional.empty();
        }
        String hash = Secrets.hash("device", cookie);
        Instant now = clock.instant();
        long version = version(account);
        return stored(account).stream()
                .filter(each -> Secrets.areEqual(each.secretHash(), hash))
                .map(Stored::device)
                .filter(device -> device.isGood(version, now))
                .findFirst();
    }

    /** Notes that a device was recognised in a login that is complete. */
    void used(KnownDevice device, Instant now) {
        repository.used(device.account(), device.id(), now);
    }

    /** The devices of an account that are good now, newest first. */
    public List<KnownDevice> list(String account) {
        Instant now = clock.instant();
        long version = version(account);
        return stored(account).stream()
                .map(Stored::device)
                .filter(device -> device.isGood(version, now))
                .toList();
    }

    /** Forgets one device; {@code gatehouse:two_factor:device_forgotten} is recorded. */
    public DeviceRepository.Removal revoke(String account, String id, NetworkAddress address) {
        AuditEvent event = event(AuditTag.DEVICE_FORGOTTEN, account, address, clock.instant())
                .subject(id)
                .build();
        return repository.remove(account, id, event);
    }

    /** Forgets all devices of an account; {@code gatehouse:two_factor:device_forgotten} is recorded if there was one. */
    public void revokeAll(String account, NetworkAddress address) {
        AuditEvent event = event(AuditTag.DEVICE_FORGOTTEN, account, address, clock.instant())
                .subject("all")
                .build();
        repository.removeAll(account, event);
    }

    private long version(String account) {
        long version = versions.of(account);
        if (version < 0) {
            throw new IllegalStateException("versions: answered a negative number");
        }
        return version;
    }

    private List<Stored> stored(String account) {
        List<Stored> stored = repository.ofAccount(account);
        Set<String> ids = new HashSet<>();
        for (Stored each : stored) {
            if (!each.device().account().equals(account)
                    || !ids.add(each.device().id())) {
                throw new IllegalStateException("repository: devices that are not the account's");
            }
        }
        return stored;
    }

    private static AuditEvent.Builder event(AuditTag tag, String account, NetworkAddress address, Instant now) {
        return AuditEvent.of(tag, now).account(account).actor(account).address(address.text());
    }

    /** Builds {@link KnownDevices}; not thread-safe, may be reused. */
    public static final class Builder {
        private final DeviceRepository repository;
        private final AccountVersions versions;
        private InstantSource clock = InstantSource.system();
        private Duration lifetime = Duration.ofDays(30);
        private SecureRandom random = new SecureRandom();

        private Builder(DeviceRepository repository, AccountVersions versions) {
            this.repository = Objects.requireNonNull(repository, "repository");
            this.versions = Objects.requireNonNull(versions, "versions");
        }

        /** The source of time; the system clock by default. */
        public Builder clock(InstantSource source) {
            this.clock = Objects.requireNonNull(source, "source");
            return this;
        }

        /**
         * How long a device is known, 30 days by default, as on PyPI.
         *
         * @throws IllegalArgumentException unless from one minute to 400 days
         */
        public Builder lifetime(Duration length) {
            if (length.compareTo(MIN_LIFETIME) < 0 || length.compareTo(MAX_LIFETIME) > 0) {
                throw new IllegalArgumentException("length: " + MIN_LIFETIME + " to " + MAX_LIFETIME);
            }
            this.lifetime = length;
            return this;
        }

        /** Where cookies and ids come from, the platform's default by default. */
        public Builder random(SecureRandom source) {
            this.random = Objects.requireNonNull(source, "source");
            return this;
        }

        public KnownDevices build() {
            return new KnownDevices(this);
        }
    }
}
