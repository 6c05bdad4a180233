package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The store of {@link KnownDevice}s.
 *
 * <p>Every method is one atomic step. Changes write their event in the same transaction: if it cannot be written, nothing is
 * changed. A store that cannot be reached throws an unchecked exception. No argument and no answer is null. Implementations are
 * thread-safe and pass the contract of the testkit; what they return is checked by those who call.
 */
public interface DeviceRepository {
    /**
     * A device with what its cookie is compared with.
     *
     * @param device what the owner sees
     * @param secretHash the SHA-256 of the cookie's value, 64 hexadecimal digits
     */
    record Stored(KnownDevice device, String secretHash) {
        /** Checks that both are there. */
        public Stored {
            Objects.requireNonNull(device, "device");
            Objects.requireNonNull(secretHash, "secretHash");
        }

        @Override
        public String toString() {
            return device.toString();
        }
    }

    /** What became of a device that was to be forgotten. */
    enum Removal {
        REMOVED,
        /** The account has no such device. */
        NOT_FOUND
    }

    /** The devices of an account, void ones too, newest first, then by id. */
    List<Stored> ofAccount(String account);

    /**
     * Adds a device, and forgets the oldest if the account has more than this many then.
     *
     * @param most how many an account may have, 1 or more
     * @throws RuntimeException if an account, this one or another, has a device of this id; nothing is changed then
     */
    void add(Stored stored, int most, AuditEvent remembered);

    /** Notes that a device was recognised, if it is still there; its time never goes back. */
    void used(String account, String id, Instant now);

    /** Forgets one device. */
    Removal remove(String account, String id, AuditEvent forgotten);

    /**
     * Forgets all devices of an account.
     *
     * @param forgotten recorded if there was one
     */
    void removeAll(String account, AuditEvent forgotten);

    /** Devices in the memory of one process, for tests and demonstrations. */
    static DeviceRepository inMemory(AuditSink events) {
        return new InMemoryDevices(events);
    }
}
