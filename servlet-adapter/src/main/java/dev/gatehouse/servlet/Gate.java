package dev.gatehouse.servlet;

import dev.gatehouse.factor.Carrier;
import dev.gatehouse.factor.Evidence;
import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Credential;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.Refusal;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.CredentialKind;
import dev.gatehouse.signin.NetworkAddress;
import jakarta.servlet.http.HttpServletRequest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads the one credential of a route, asks the policy, and turns the decision into an outcome or an answer. Thread-safe. */
final class Gate {
    private final PolicyDecider decider;
    private final IndexHost host;
    private final TokenVerifier tokens;
    private final PasswordVerifier passwords;
    private final AnswerWriter writer;
    private final RequestHandles handles;
    private final ConcurrentHashMap<Route, Plain> plain = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Route, AccessRequest> anonymous = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<Route, AccessRequest> unchecked = new ConcurrentHashMap<>();

    Gate(
            PolicyDecider decider,
            IndexHost host,
            TokenVerifier tokens,
            PasswordVerifier passwords,
            AnswerWriter writer,
            SecureRandom random) {
        this.decider = decider;
        this.host = host;
        this.tokens = tokens;
        this.passwords = passwords;
        this.writer = writer;
        this.handles = new RequestHandles(random);
    }

    boolean isClockRight() {
        return decider.isClockRight();
    }

    /** A handle that no request has had. */
    Carrier newRequest() {
        return handles.next();
    }

    AnswerWriter writer() {
        return writer;
    }

    /** Decides a request for a listed route. */
    Verdict judge(HttpServletRequest request, Route route, @Nullable String project) {
        return switch (route.carrier()) {
            case NONE ->
                project == null && route.kind() == Route.Kind.DECIDED
                        ? plain(route)
                        : decide(request, route, project, Presented.NOTHING);
            case COOKIE -> {
                Presented presented = session(request).map(Presented::session).orElse(Presented.NOTHING);
                yield decide(request, route, project, presented);
            }
            case AUTHORIZATION -> authorization(request, route, project);
            case BODY -> open(request, route, project, Presented.NOTHING);
        };
    }

    /** Who is signed in at this moment. */
    Optional<SignedIn> session(HttpServletRequest request) {
        return Objects.requireNonNull(host.session(request), "host: session is null");
    }

    /** Where a request is from. */
    NetworkAddress address(HttpServletRequest request) {
        return Objects.requireNonNull(host.address(request), "host: address is null");
    }

    /** A request without credential and project is the same every time: nothing is made anew for it. */
    private Verdict plain(Route route) {
        Plain kept = plain.get(route);
        AccessRequest asked = kept == null ? asked(route, null, Presented.NOTHING) : kept.asked();
        Decision decision = decider.decide(asked);
        if (decision instanceof Decision.Refused refused) {
            return refusal(route, Presented.NOTHING, null, refused.refusals());
        }
        if (kept == null || kept.outcome().decision() != decision) {
            kept = new Plain(asked, new Outcome(route, null, decision, null, null));
            plain.put(route, kept);
        }
        return kept.outcome();
    }

    /** What was asked last for a plain route, and what came of it. */
    private record Plain(AccessRequest asked, Outcome outcome) {}

    private Verdict authorization(HttpServletRequest request, Route route, @Nullable String project) {
        AuthorizationHeader header = AuthorizationHeader.of(request);
        if (header instanceof AuthorizationHeader.Malformed malformed) {
            AuthorizationHeader.Problem problem = malformed.problem();
            Answer answer = Answer.of(problem.status(), problem.name(), problem.text());
            answer = problem.status() == 401 ? answer.withChallenge() : answer;
            return route.isUpload() ? answer.withPhrase() : answer;
        }
        if (header instanceof AuthorizationHeader.Token token) {
            return token(request, route, project, token.secret());
        }
        return header instanceof AuthorizationHeader.Password password
                ? password(request, route, project, password)
                : decide(request, route, project, Presented.NOTHING);
    }

    private Verdict token(HttpServletRequest request, Route route, @Nullable String project, String secret) {
        boolean open = route.kind() == Route.Kind.OPEN || (project == null && route.kind() == Route.Kind.PREVIEW);
        String address = address(request).text();
        Optional<String> named = Optional.ofNullable(project);
        TokenVerifier.Answer answer = verify(secret, new TokenUse(open ? Optional.empty() : named, open, address));
        // What completes it each time is one verification: the use of it is one use.
        Function<Optional<String>, TokenVerifier.Answer> again = answer instanceof TokenVerifier.Open left
                ? left.completion()
                : about -> verify(secret, new TokenUse(about, false, address));
        if (open && project != null && !(answer instanceof TokenVerifier.Rejected)) {
            // What the path tells is checked before the body is read.
            answer = Objects.requireNonNull(again.apply(named), "tokens: answer is null");
        }
        if (answer instanceof TokenVerifier.Open left && open && project == null) {
            return decide(request, route, project, Presented.token(left.soFar(), again));
        }
        if (answer instanceof TokenVerifier.Accepted accepted) {
            return decide(request, route, project, Presented.token(accepted, open ? again : null));
        }
        if (answer instanceof TokenVerifier.Rejected rejected) {
            return invalidToken(rejected);
        }
        throw new IllegalStateException("tokens: open where the project is known");
    }

    private TokenVerifier.Answer verify(String secret, TokenUse use) {
        return Objects.requireNonNull(tokens.verify(secret, use), "tokens: answer is null");
    }

    private static Answer invalidToken(TokenVerifier.Rejected rejected) {
        return Answer.of(401, rejected.code(), rejected.text()).withChallenge();
    }

    /** The password is checked only if the policy could let it through: otherwise the answer would tell whether it is right. */
    private Verdict password(
            HttpServletRequest request, Route route, @Nullable String project, AuthorizationHeader.Password sent) {
        Presented unchecked = Presented.of(Credential.password(), null, true);
        List<Refusal> certain = certain(route, project, unchecked, true);
        if (!certain.isEmpty()) {
            return refusal(route, unchecked, project, certain);
        }
        PasswordVerifier.Answer answer = Objects.requireNonNull(
                passwords.check(sent.user(), sent.secret(), address(request).text()), "passwords: answer is null");
        if (answer instanceof PasswordVerifier.Accepted accepted) {
            Credential credential = Credential.builder(CredentialKind.PASSWORD)
                    .passwordChecked()
                    .build();
            Identity identity = Identity.account(CredentialKind.PASSWORD, accepted.accountId(), accepted.name());
            return decide(request, route, project, Presented.of(credential, identity, true));
        }
        if (answer instanceof PasswordVerifier.Throttled throttled) {
            return phrased(
                    Answer.of(429, "THROTTLED", "Too many failed attempts. Try again later.")
                            .retryAfter(throttled.retryAfter()),
                    route,
                    unchecked);
        }
        if (answer instanceof PasswordVerifier.Rejected) {
            Answer wrong = Answer.of(401, "INVALID_PASSWORD", "Invalid or non-existent authentication information.");
            return phrased(wrong.withChallenge(), route, unchecked);
        }
        return decide(request, route, project, unchecked);
    }

    private Verdict decide(HttpServletRequest request, Route route, @Nullable String project, Presented presented) {
        if (route.kind() == Route.Kind.OPEN || route.kind() == Route.Kind.PREVIEW) {
            List<Refusal> certain = certain(route, project, presented, false);
            if (!certain.isEmpty()) {
                return refusal(route, presented, project, certain);
            }
            return route.kind() == Route.Kind.OPEN
                    ? open(request, route, project, presented)
                    : new Outcome(route, project, null, presented.identity(), null);
        }
        AccessRequest asked = request(route.action(), presented, project, null, null);
        Decision decision = decider.decide(asked);
        if (decision instanceof Decision.Refused refused) {
            return refusal(route, presented, project, refused.refusals());
        }
        Optional<TokenVerifier.Rejected> stale = use(presented);
        return stale.isPresent()
                ? invalidToken(stale.get())
                : new Outcome(route, project, decision, presented.identity(), null);
    }

    /** Writes down that a permitted request uses its token; a token may have ended since it was verified. */
    private static Optional<TokenVerifier.Rejected> use(Presented presented) {
        return presented.use() == null
                ? Optional.empty()
                : Objects.requireNonNull(presented.use().get(), "tokens: use is null");
    }

    private Outcome open(HttpServletRequest request, Route route, @Nullable String project, Presented presented) {
        OpenDecision open = new OpenDecision(this, route, project, presented, request);
        return new Outcome(route, project, null, null, open);
    }

    /**
     * The refusals that stand whatever is not known yet: those of requirements that gate each possible action and read nothing that
     * the body may tell or prove, nor, for an unchecked password, of the account; and that no waiver could lift. What such a requirement says does
     * not depend on the action, so that asking about one is enough.
     */
    private List<Refusal> certain(Route route, @Nullable String project, Presented presented, boolean beforePassword) {
        boolean fromBody = route.kind() == Route.Kind.OPEN || route.kind() == Route.Kind.PREVIEW;
        AccessRequest asked = asked(route, fromBody ? null : project, presented);
        if (!(decider.suppose(asked) instanceof Decision.Refused refused)) {
            return List.of();
        }
        Reads reads = decider.reads();
        List<Refusal> certain = new ArrayList<>(refused.refusals().size());
        for (Refusal refusal : refused.refusals()) {
            String id = refusal.requirement();
            if (!(fromBody && reads.body(id, route.kind() == Route.Kind.OPEN))
                    && !(beforePassword && reads.account(id))
                    && reads.gatesAll(id, route.actions())
                    && !decider.hasWaiver(id)) {
                certain.add(refusal);
            }
        }
        if (!certain.isEmpty()) {
            decider.tell(asked, refused);
        }
        return certain;
    }

    /** The question of the route's first action; the same one each time where nobody is proven and no project is named. */
    private AccessRequest asked(Route route, @Nullable String project, Presented presented) {
        boolean same = presented.credential().isUnproven() && project == null;
        ConcurrentHashMap<Route, AccessRequest> kept = presented.password() ? unchecked : anonymous;
        AccessRequest known = same ? kept.get(route) : null;
        if (known == null) {
            known = request(route.action(), presented, project, null, null);
            if (same) {
                kept.put(route, known);
            }
        }
        return known;
    }

    /** Decides an open request as what its body asks for. */
    Completion complete(
            OpenDecision open, Route route, Presented presented, OpenTarget target, @Nullable String project) {
        Presented now = presented;
        if (presented.completion() != null) {
            TokenVerifier.Answer again = Objects.requireNonNull(
                    presented.completion().apply(Optional.ofNullable(project)), "tokens: answer is null");
            if (again instanceof TokenVerifier.Rejected rejected) {
                return rejected(open, rejected);
            }
            if (!(again instanceof TokenVerifier.Accepted accepted)
                    || !accepted.identity().equals(presented.identity())) {
                throw new IllegalStateException("tokens: still open, or another identity for the same token");
            }
            now = Presented.token(accepted, null);
        }
        Decision decision = decider.decide(asked(open, target, now, project));
        return judged(open, route, now, project, decision);
    }

    /** What an open request asks, as its body turned out. */
    AccessRequest asked(OpenDecision open, OpenTarget target, Presented presented, @Nullable String project) {
        return request(target.action(), presented, project, target, open.carrierOrNull());
    }

    /** What follows from a decision about an open request. */
    Completion judged(OpenDecision open, Route route, Presented now, @Nullable String project, Decision decision) {
        if (decision instanceof Decision.Refused refused) {
            Answer answer = refusal(route, now, project, refused.refusals());
            boolean hidden = answer.status() == 404;
            return new Completion.Refused(open, answer, hidden ? Optional.empty() : Optional.of(refused));
        }
        return use(now).<Completion>map(stale -> rejected(open, stale))
                .orElseGet(() ->
                        new Completion.Permitted((Decision.Permitted) decision, Optional.ofNullable(now.identity())));
    }

    private static Completion rejected(OpenDecision open, TokenVerifier.Rejected rejected) {
        return new Completion.Refused(open, Answer.of(403, rejected.code(), rejected.text()), Optional.empty());
    }

    private AccessRequest request(
            Action action,
            Presented presented,
            @Nullable String project,
            @Nullable OpenTarget target,
            @Nullable Carrier carrier) {
        AccessRequest.Builder request =
                AccessRequest.of(action, presented.credential()).evidence(presented.evidence());
        Identity identity = presented.identity();
        String account = identity == null ? null : identity.accountIdOrNull();
        if (account != null && identity != null) {
            request.account(new LazyAccount(host, account, identity.getName()));
        }
        if (presented.session() != null) {
            request.session(presented.session());
        }
        if (presented.credential().kind() == CredentialKind.TRUSTED_PUBLISHER) {
            request.run(presented.run());
        }
        if (carrier != null) {
            request.request(carrier);
        }
        if (target != null) {
            brought(target, presented, request);
        }
        if (target != null && target.projectFactsOrNull() != null) {
            request.project(target.projectFactsOrNull());
        } else if (project != null) {
            request.project(new LazyProject(host, project));
        }
        return request.build();
    }

    /** Adds what the body told. */
    private void brought(OpenTarget target, Presented presented, AccessRequest.Builder request) {
        OpenTarget.Claimed claimed = target.accountOrNull();
        if (claimed != null) {
            request.account(new LazyAccount(host, claimed.id(), claimed.name()));
        }
        if (!target.evidence().isEmpty()) {
            List<Evidence> all = new ArrayList<>(presented.evidence());
            all.addAll(target.evidence());
            request.evidence(all);
        }
        target.addTo(request);
    }

    /**
     * The answer to refusals in the policy's order: the first and those of its stage; before anybody is proven nothing that
     * reads an account; nothing about a project that the caller may not see.
     */
    private Answer refusal(Route route, Presented presented, @Nullable String project, List<Refusal> refusals) {
        Reads reads = decider.reads();
        Refusal first = refusals.get(0);
        boolean seen = false;
        boolean asked = false;
        List<Refusal> told = new ArrayList<>(refusals.size());
        for (Refusal refusal : refusals) {
            if (refusal.stage() != first.stage()) {
                break;
            }
            boolean ofThing = reads.isOfThing(refusal);
            if (ofThing && !asked) {
                asked = true;
                seen = host.maySee(presented.identity(), Optional.ofNullable(project));
            }
            if (ofThing && !seen) {
                if (refusal == first) {
                    return phrased(Answer.of(404, "NOT_FOUND", "Not found."), route, presented);
                }
                continue;
            }
            boolean early = presented.credential().isUnproven() && refusal.stage() <= 2;
            if (!early || !(ofThing || reads.account(refusal.requirement()))) {
                told.add(refusal);
            }
        }
        boolean signIn = first.stage() == 1;
        boolean challenge = signIn && route.carrier() == RouteCarrier.AUTHORIZATION;
        int status = challenge ? 401 : 403;
        if (!told.isEmpty()) {
            return Answer.refused(status, told, challenge, isPhrased(route, presented));
        }
        String text = signIn ? "Authentication is needed." : "This credential is not accepted here.";
        Answer answer = Answer.of(status, first.codes().get(0).name(), text);
        return phrased(challenge ? answer.withChallenge() : answer, route, presented);
    }

    private static Answer phrased(Answer answer, Route route, Presented presented) {
        return isPhrased(route, presented) ? answer.withPhrase() : answer;
    }

    private static boolean isPhrased(Route route, Presented presented) {
        return presented.password() && route.isUpload();
    }
}
