package dev.gatehouse.benchmarks;

import dev.gatehouse.policy.AccessRequest;
import dev.gatehouse.policy.Decision;
import dev.gatehouse.policy.TwoFactorPolicy;
import dev.gatehouse.policy.rule.Action;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.casbin.jcasbin.main.CachedEnforcer;
import org.casbin.jcasbin.main.Enforcer;
import org.casbin.jcasbin.model.Model;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.authorization.AllRequiredFactorsAuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.authority.FactorGrantedAuthority;

/**
 * One question asked of this library and of two others that many use: may this session, with a password given half an hour ago
 * at most and a second factor, see its tokens? Argument: rounds.
 *
 * <p>Spring Security's manager of required factors reads the system's clock, and so does the policy beside it. jCasbin has no
 * clock and no factors: it is asked whether a member of a group may do this to that, which is what it is for; the policy
 * beside it has a fixed clock. Its cached form remembers the answers of requests it had before.
 */
public final class PairedPeers {
    private static final int REQUESTS = 16;

    private PairedPeers() {}

    public static void main(String[] args) {
        int rounds = args.length > 0 ? Integer.parseInt(args[0]) : 40;
        Paired spring = Paired.named("required factors");
        policy(spring, DecisionCases.pypi(InstantSource.system()), now());
        spring(spring);
        spring.run(rounds);
        Paired casbin = Paired.named("groups and permissions");
        policy(casbin, DecisionCases.pypi(InstantSource.fixed(DecisionCases.NOW)), DecisionCases.NOW);
        casbin(casbin, "jCasbin", new Enforcer(model()));
        casbin(casbin, "jCasbin, cached", cached());
        casbin.run(rounds);
    }

    private static Instant now() {
        return InstantSource.system().instant();
    }

    private static void policy(Paired group, TwoFactorPolicy policy, Instant now) {
        AccessRequest[] all = new AccessRequest[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            all[i] = DecisionCases.settings(0, Action.TOKEN_VIEW, now);
        }
        if (!(policy.decide(all[0]) instanceof Decision.Permitted)) {
            throw new IllegalStateException("refused");
        }
        group.loop("pypi preset", times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += policy.decide(all[i & (REQUESTS - 1)]) instanceof Decision.Permitted ? 1 : 2;
            }
            return sum;
        });
    }

    private static void spring(Paired group) {
        AllRequiredFactorsAuthorizationManager<Object> manager =
                AllRequiredFactorsAuthorizationManager.<Object>builder()
                        .requireFactor(factor -> factor.passwordAuthority().validDuration(Duration.ofMinutes(30)))
                        .requireFactor(factor -> factor.webauthnAuthority())
                        .build();
        Authentication[] all = new Authentication[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            all[i] = new TestingAuthenticationToken(
                    "a1",
                    "",
                    List.of(
                            factor(FactorGrantedAuthority.PASSWORD_AUTHORITY),
                            factor(FactorGrantedAuthority.WEBAUTHN_AUTHORITY)));
        }
        if (!manager.authorize(() -> all[0], group).isGranted()) {
            throw new IllegalStateException("refused");
        }
        group.loop("Spring Security", times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                Authentication who = all[i & (REQUESTS - 1)];
                sum += manager.authorize(() -> who, group).isGranted() ? 1 : 2;
            }
            return sum;
        });
    }

    private static FactorGrantedAuthority factor(String authority) {
        return FactorGrantedAuthority.withAuthority(authority)
                .issuedAt(now().minusSeconds(60))
                .build();
    }

    private static void casbin(Paired group, String name, Enforcer enforcer) {
        permissions(enforcer);
        String[] who = new String[REQUESTS];
        for (int i = 0; i < REQUESTS; i++) {
            who[i] = "a" + i;
        }
        if (!enforcer.enforce(who[0], "tokens", "view") || enforcer.enforce("a1", "tokens", "delete")) {
            throw new IllegalStateException("another answer than asked for");
        }
        group.loop(name, times -> {
            int sum = 0;
            for (int i = 0; i < times; i++) {
                sum += enforcer.enforce(who[i & (REQUESTS - 1)], "tokens", "view") ? 1 : 2;
            }
            return sum;
        });
    }

    private static void permissions(Enforcer enforcer) {
        for (int i = 0; i < REQUESTS; i++) {
            enforcer.addGroupingPolicy("a" + i, "proven");
        }
        enforcer.addPolicy("proven", "tokens", "view");
        enforcer.addPolicy("proven", "project", "settings");
        enforcer.addPolicy("proven", "project", "publish");
    }

    private static CachedEnforcer cached() {
        return new CachedEnforcer(model());
    }

    private static Model model() {
        Model model = new Model();
        model.addDef("r", "r", "sub, obj, act");
        model.addDef("p", "p", "sub, obj, act");
        model.addDef("g", "g", "_, _");
        model.addDef("e", "e", "some(where (p.eft == allow))");
        model.addDef("m", "m", "g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act");
        return model;
    }
}
