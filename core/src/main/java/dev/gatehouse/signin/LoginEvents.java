package dev.gatehouse.signin;

import dev.gatehouse.audit.AuditEvent;
import dev.gatehouse.audit.AuditSink;
import dev.gatehouse.audit.AuditTag;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.factor.RejectionCode;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** The events of logins, in PyPI's words. Immutable and thread-safe. */
final class LoginEvents {
    private static final String NONE = "none";
    private static final String USED = "USED";

    private final AuditSink sink;
    private final BiFunction<String, Evidence, String> labels;

    LoginEvents(AuditSink sink, BiFunction<String, Evidence, String> labels) {
        this.sink = sink;
        this.labels = labels;
    }

    /** {@code account:login:success} with the last second factor that was proven. */
    void success(LoginJudge.Case login, NetworkAddress address, Instant now) {
        String account = login.login().account();
        AuditEvent.Builder event =
                event(AuditTag.LOGIN_SUCCESS, account, address, now).actor(account);
        Optional<Evidence> second =
                login.login().proofs().stream().filter(login::isSecondFactor).reduce((earlier, later) -> later);
        if (second.isPresent()) {
            event.attribute("two_factor_method", second.get().kind().id())
                    .attribute("two_factor_label", labels.apply(account, second.get()));
        } else if (login.labels().contains(LoginDevices.REMEMBERED)) {
            event.attribute("two_factor_method", LoginDevices.REMEMBERED);
            login.device().ifPresent(device -> event.attribute("two_factor_label", device.label()));
        } else {
            event.attribute("two_factor_method", NONE);
        }
        if (login.login().proofs().stream().anyMatch(proof -> proof.kind().equals(FactorKind.EMAIL))) {
            event.attribute("confirmed", FactorKind.EMAIL.id());
        }
        sink.record(event.build());
    }

    /** {@code account:login:failure} with the reason as PyPI has it, and the code of the verifier. */
    void failure(@Nullable String account, FactorKind kind, RejectionCode code, NetworkAddress address, Instant now) {
        sink.record(event(AuditTag.LOGIN_FAILURE, account, address, now)
                .attribute("reason", reason(kind, code))
                .attribute("code", code.code())
                .build());
    }

    /** {@code account:login:new_device}: the owner is asked by mail. */
    void newDevice(String account, NetworkAddress address, Instant now) {
        sink.record(event(AuditTag.LOGIN_NEW_DEVICE, account, address, now).build());
    }

    private static String reason(FactorKind kind, RejectionCode code) {
        boolean isBurned = kind.equals(FactorKind.RECOVERY_CODE) && code.code().contains(USED);
        return (isBurned ? "burned_" : "invalid_") + kind.id().replace('-', '_').toLowerCase(Locale.ROOT);
    }

    private static AuditEvent.Builder event(
            AuditTag tag, @Nullable String account, NetworkAddress address, Instant now) {
        AuditEvent.Builder event = AuditEvent.of(tag, now).address(address.text());
        return account == null ? event : event.account(account);
    }
}
