package dev.gatehouse.signin;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What every request of a login comes with: the session it was sent in, the one that follows it, the address, and the cookie of a
 * device.
 *
 * <p>Sessions are named by handles of the host's: random, one for each session, never the session's cookie, since they are hashed
 * and given to verifiers. A login changes the session at each step, so that a handle somebody learnt, or planted, before a step is
 * worth nothing after it: give the handle of the session as it is, make a new session (or a new id of the same, and a new handle),
 * and give that handle as the next. Whatever the step answers, go on with the next one. Immutable and thread-safe.
 */
public final class SignInRequest {
    private static final int MAX_HANDLE_LENGTH = 255;

    private final String session;
    private final String nextSession;
    private final NetworkAddress address;
    private final @Nullable String device;

    private SignInRequest(String session, String nextSession, NetworkAddress address, @Nullable String device) {
        this.session = session;
        this.nextSession = nextSession;
        this.address = address;
        this.device = device;
    }

    /**
     * A request without the cookie of a device.
     *
     * @param session the handle of the session that the request was sent in
     * @param nextSession the handle of the session that its answer is given in
     * @throws IllegalArgumentException if a handle is blank or over 255 characters, or both are the same
     */
    public static SignInRequest of(String session, String nextSession, NetworkAddress address) {
        check(session, "session");
        check(nextSession, "nextSession");
        if (session.equals(nextSession)) {
            throw new IllegalArgumentException("nextSession: the same as session; a login changes it at each step");
        }
        return new SignInRequest(session, nextSession, Objects.requireNonNull(address, "address"), null);
    }

    private static void check(String handle, String parameter) {
        if (handle.isBlank() || handle.length() > MAX_HANDLE_LENGTH) {
            throw new IllegalArgumentException(parameter + ": blank or over " + MAX_HANDLE_LENGTH + " characters");
        }
    }

    /** The same with the value of the cookie that {@link KnownDevices} gave, as received. */
    public SignInRequest withDevice(String cookie) {
        return new SignInRequest(session, nextSession, address, Objects.requireNonNull(cookie, "cookie"));
    }

    public String session() {
        return session;
    }

    public String nextSession() {
        return nextSession;
    }

    public NetworkAddress address() {
        return address;
    }

    /** The cookie of a device; secret. */
    Optional<String> device() {
        return Optional.ofNullable(device);
    }

    @Override
    public String toString() {
        return "request from " + address;
    }
}
