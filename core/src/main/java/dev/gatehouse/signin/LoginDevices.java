package dev.gatehouse.signin;

import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The devices that logins may come from, and what they are worth there; none, where the host has none. Immutable and thread-safe. */
final class LoginDevices {
    static final String KNOWN = "known-device";
    static final String REMEMBERED = "remembered-device";

    private final @Nullable KnownDevices devices;
    private final boolean allowsRemembered;

    LoginDevices(@Nullable KnownDevices devices, boolean allowsRemembered) {
        this.devices = devices;
        this.allowsRemembered = allowsRemembered;
    }

    Optional<KnownDevice> of(String account, SignInRequest request) {
        KnownDevices known = devices;
        return known == null ? Optional.empty() : request.device().flatMap(cookie -> known.recognise(account, cookie));
    }

    /** The labels that the policy sees on the session. */
    Set<String> labels(Optional<KnownDevice> device) {
        if (device.isEmpty()) {
            return Set.of();
        }
        return isRemembered(device) ? Set.of(KNOWN, REMEMBERED) : Set.of(KNOWN);
    }

    /** Whether the device stands for the second factor. */
    boolean isRemembered(Optional<KnownDevice> device) {
        return allowsRemembered
                && device.map(one -> one.trust() == KnownDevice.Trust.REMEMBERED)
                        .orElse(false);
    }

    void used(KnownDevice device, Instant now) {
        if (devices != null) {
            devices.used(device, now);
        }
    }
}
