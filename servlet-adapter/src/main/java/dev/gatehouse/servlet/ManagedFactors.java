package dev.gatehouse.servlet;

import dev.gatehouse.factor.RejectionCode;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.signin.FactorChange;
import dev.gatehouse.signin.FactorChanges;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import tools.jackson.core.JsonGenerator;

/** All factors of who is signed in: listed and removed, whatever their kind. Thread-safe once built. */
final class ManagedFactors {
    private final IndexHost host;
    private final FactorChanges changes;
    private final List<KeptFactors> kinds = new ArrayList<>();

    ManagedFactors(IndexHost host, FactorChanges changes) {
        this.host = host;
        this.changes = changes;
    }

    void add(KeptFactors kind) {
        kinds.add(kind);
    }

    EndpointAnswer list(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return notSignedIn();
        }
        return EndpointAnswer.written(200, json -> {
            json.writeArrayPropertyStart("factors");
            for (KeptFactors kind : kinds) {
                kind.list(in.accountId()).forEach(each -> write(json, kind, each));
            }
            json.writeEndArray();
        });
    }

    private static void write(JsonGenerator json, KeptFactors kind, KeptFactors.Listed each) {
        json.writeStartObject();
        json.writeStringProperty("kind", kind.kind().id());
        json.writeStringProperty("id", each.id());
        json.writeStringProperty("label", each.label());
        if (each.strength() != null) {
            json.writeStringProperty("strength", each.strength());
        }
        json.writeStringProperty("created", each.created().toString());
        if (each.lastUsed() != null) {
            json.writeStringProperty("last_used", each.lastUsed().toString());
        }
        json.writeEndObject();
    }

    EndpointAnswer delete(EndpointCall call) {
        SignedIn in = call.signedIn(host);
        if (in == null) {
            return notSignedIn();
        }
        String kind = call.body().text("kind");
        String id = call.body().text("id");
        for (KeptFactors each : kinds) {
            if (each.kind().id().equals(kind) && id != null) {
                return remove(changes, each, in.accountId(), id, call);
            }
        }
        return EndpointAnswer.fail(400, "There is no such factor");
    }

    static EndpointAnswer remove(
            FactorChanges changes, KeptFactors kind, String account, String id, EndpointCall call) {
        FactorChange<String> change = changes.remove(
                account, call.asked(), kind.kind(), id, version -> kind.remove(account, id, version, call.origin()));
        return answer(change, call, gone -> kind.removed(), code -> EndpointAnswer.fail(400, "Invalid credentials"));
    }

    /** What a change is answered; it completes the open decision of the request. */
    static <T> EndpointAnswer answer(
            FactorChange<T> change,
            EndpointCall call,
            Function<T, String> made,
            Function<RejectionCode, EndpointAnswer> rejected) {
        return answered(change, call, value -> EndpointAnswer.success(made.apply(value), null), rejected);
    }

    /** The same, where more is said than that it is done. */
    static <T> EndpointAnswer answered(
            FactorChange<T> change,
            EndpointCall call,
            Function<T, EndpointAnswer> made,
            Function<RejectionCode, EndpointAnswer> rejected) {
        return change.fold(
                done -> completed(call, done.decision(), made.apply(done.value())),
                refused -> completed(call, refused.decision(), conflict()),
                not -> rejected.apply(not.code()),
                () -> EndpointAnswer.fail(400, "There is no such factor"),
                ManagedFactors::conflict);
    }

    private static EndpointAnswer completed(EndpointCall call, Decision decision, EndpointAnswer done) {
        return call.open().decided(decision) instanceof Completion.Refused refused
                ? EndpointAnswer.refused(refused)
                : done;
    }

    static EndpointAnswer conflict() {
        return EndpointAnswer.fail(409, "Your account has changed meanwhile. Please try again.");
    }

    /** The filter lets nobody in particular through where no rule demands a session. */
    static EndpointAnswer notSignedIn() {
        return EndpointAnswer.fail(401, "Not authenticated");
    }
}
