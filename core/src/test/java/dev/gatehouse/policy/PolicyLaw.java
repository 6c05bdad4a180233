package dev.gatehouse.policy;

import static dev.gatehouse.policy.PolicyEdits.addPhase;
import static dev.gatehouse.policy.PolicyEdits.editOne;
import static dev.gatehouse.policy.PolicyEdits.editPhase;
import static dev.gatehouse.policy.PolicyEdits.only;

import dev.gatehouse.policy.PlainSubject.Line;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.PolicyDefinition;
import dev.gatehouse.policy.rule.Requirement;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** The laws of the policy model, section 10; each says of one case whether whatever decides keeps it. */
enum PolicyLaw {
    /** Other ids, so another order: the same requirements are unmet. */
    ORDER_IS_IRRELEVANT {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            PolicyCase plain = c.with(editPhase(c.setup().definition(), p -> p.share(BigDecimal.valueOf(100))))
                    .with(c.setup()
                            .with(editPhase(c.setup().definition(), p -> p.share(BigDecimal.valueOf(100))))
                            .with(List.of()));
            PolicyDefinition renamed =
                    PolicyEdits.rename(plain.setup().definition(), id -> "x" + (char) ('z' - id.charAt(1) + '0'));
            Set<String> there = new HashSet<>();
            ids(plain.with(renamed).decidedBy(subject))
                    .forEach(id -> there.add(id.startsWith("x") ? "r" + (char) ('z' - id.charAt(1) + '0') : id));
            return there.equals(ids(plain.decidedBy(subject)));
        }
    },
    MORE_RULES_NEVER_PERMIT_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            Random random = new Random(c.seed());
            RandomPolicies policies = new RandomPolicies(random);
            PolicyDefinition before = c.setup().definition();
            PolicyDefinition after = switch (random.nextInt(5)) {
                case 0 ->
                    before.toBuilder()
                            .requirement(policies.requirement(random.nextBoolean() ? "a" : "z"))
                            .build();
                case 1 -> addPhase(before, random, policies.phase());
                case 2 -> editOne(before, random, (r, b) -> b.when(Condition.empty()));
                case 3 -> editOne(before, random, (r, b) -> b.unless(Condition.empty()));
                default -> editOne(before, random, (r, b) -> b.except(List.of()));
            };
            return isStricter(c.with(after).decidedBy(subject), c.decidedBy(subject));
        }
    },
    FEWER_ALTERNATIVES_NEVER_PERMIT_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            Random random = new Random(c.seed());
            PolicyDefinition after = PolicyEdits.dropAlternative(c.setup().definition(), random);
            return isStricter(c.with(after).decidedBy(subject), c.decidedBy(subject));
        }
    },
    UNKNOWN_NEVER_PERMITS_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            Random random = new Random(c.seed());
            PolicyCase less = c.with(RequestEdits.forget(c.draft(), random));
            if (random.nextInt(4) == 0) {
                Map<String, Boolean> switches = new HashMap<>(c.setup().switches());
                switches.remove(random.nextBoolean() ? "go" : "brake");
                less = c.with(c.setup().with(switches));
            }
            return isStricter(less.decidedBy(subject), c.decidedBy(subject));
        }
    },
    STRONGER_MODE_NEVER_PERMITS_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            Random random = new Random(c.seed());
            PolicyDefinition after =
                    editPhase(c.setup().definition(), p -> random.nextBoolean() ? p.mode(stronger(p.mode())) : p);
            return isStricter(c.with(after).decidedBy(subject), c.decidedBy(subject));
        }
    },
    BIGGER_SHARE_KEEPS_EVERYBODY {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            PolicyDefinition small = editPhase(c.setup().definition(), p -> p.share(new BigDecimal("40")));
            PolicyDefinition big = editPhase(c.setup().definition(), p -> p.share(new BigDecimal("60.5")));
            return isStricter(c.with(big).decidedBy(subject), c.with(small).decidedBy(subject));
        }
    },
    /** For requirements whose when, and phases' when, read no evidence. */
    MORE_EVIDENCE_NEVER_REFUSES_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            PolicyDefinition deaf = only(c.setup().definition(), PolicyEdits::readsNoEvidenceInWhen);
            PolicyCase before = c.with(deaf);
            PolicyCase after = before.with(RequestEdits.prove(c.draft(), new Random(c.seed()), c.now()));
            return isStricter(before.decidedBy(subject), after.decidedBy(subject));
        }
    },
    /** For requirements without until, windows, switch, phase unless and elapsed, and ages as facts that are held. */
    LATER_NEVER_PERMITS_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            PolicyDefinition steady = only(c.setup().definition(), PolicyEdits::onlyGetsStricter);
            PolicyCase before = c.with(RequestEdits.hold(c.draft(), c.now()))
                    .with(c.setup().with(steady).with(List.of()));
            Random random = new Random(c.seed());
            Instant later =
                    c.now().plus(Duration.ofHours(1 + random.nextInt(70))).plusNanos(random.nextInt(3));
            return isStricter(before.at(later).decidedBy(subject), before.decidedBy(subject));
        }
    },
    /** Between two edges, where nothing reads an age. */
    TIME_ALONE_CHANGES_NOTHING {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            PolicyDefinition ageless = only(c.setup().definition(), PolicyEdits::readsNoAge);
            PolicyCase before = c.with(RequestEdits.hold(c.draft(), c.now()))
                    .with(c.setup().with(ageless).with(List.of()));
            Instant from = RandomValues.BASE.plus(Duration.ofMinutes(25 * 60 + 30));
            Instant to = from.plusNanos(
                    Math.floorMod(c.seed(), Duration.ofMinutes(20).toNanos()));
            PolicyCase early = before.with(RequestEdits.hold(c.draft(), from)).at(from);
            return early.decidedBy(subject).equals(early.at(to).decidedBy(subject));
        }
    },
    WAIVER_NEVER_REFUSES_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            RandomValues values = new RandomValues(new Random(c.seed()));
            List<Waiver> more = new ArrayList<>(c.setup().waivers());
            more.add(PolicyCase.waiver(values, c.now()));
            Verdict after = c.with(c.setup().with(more)).decidedBy(subject);
            Verdict before = c.with(c.setup().with(List.<Waiver>of())).decidedBy(subject);
            Set<String> named = new HashSet<>();
            more.forEach(w -> named.add(w.requirement()));
            Set<String> lifted = new HashSet<>(before.refusedBy());
            after.refusedBy().forEach(lifted::remove);
            return isStricter(before, after)
                    && ids(before).equals(ids(after))
                    && named.containsAll(lifted)
                    && lifted.stream().noneMatch(id -> isClosed(c, id));
        }

        private boolean isClosed(PolicyCase c, String id) {
            return c.setup()
                    .definition()
                    .requirement(id)
                    .orElseThrow()
                    .demand()
                    .atom("closed")
                    .isPresent();
        }
    },
    FEWER_SUPPLIED_NEVER_PERMIT_MORE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            Supplied fewer = PolicyEdits.withoutSome(c.setup().supplied(), new Random(c.seed()));
            return isStricter(c.with(c.setup().with(fewer)).decidedBy(subject), c.decidedBy(subject));
        }
    },
    /** An absent thing makes an atom false; where there must be one, absent is unknown. */
    ABSENT_IS_FALSE_WHERE_IT_MAY_BE {
        @Override
        boolean holds(PlainSubject subject, PolicyCase c) {
            RequestDraft nobody = c.draft().copy();
            nobody.account.makeAbsent();
            if (nobody.toRequest().credential().isWithoutAccount()) {
                Verdict verdict = c.with(nobody).decidedBy(subject);
                return c.setup().definition().requirements().stream()
                        .filter(r -> r.when().atoms().stream().anyMatch(PolicyLaw::hangsOnAccount))
                        .map(Requirement::id)
                        .noneMatch(ids(verdict)::contains);
            }
            RequestDraft unknown = c.draft().copy();
            unknown.account = new AccountDraft();
            return c.with(nobody).decidedBy(subject).equals(c.with(unknown).decidedBy(subject));
        }
    };

    /** Whether what decides keeps the law in this case. */
    abstract boolean holds(PlainSubject subject, PolicyCase c);

    static boolean isStricter(Verdict strict, Verdict lax) {
        return strict.refusedBy().containsAll(lax.refusedBy()) && (lax.permitted() || !strict.permitted());
    }

    static Set<String> ids(Verdict verdict) {
        Set<String> ids = new HashSet<>(verdict.refusedBy());
        verdict.notices().stream().map(Line::requirement).forEach(ids::add);
        verdict.observed().stream().map(Line::requirement).forEach(ids::add);
        return ids;
    }

    private static Mode stronger(Mode mode) {
        return switch (mode) {
            case ANNOUNCE -> Mode.REPORT;
            case REPORT -> Mode.WARN;
            case WARN, ENFORCE -> Mode.ENFORCE;
        };
    }

    private static boolean hangsOnAccount(Atom atom) {
        return Set.of(
                        "enrolled",
                        "email-verified",
                        "recovery-codes-saved",
                        "account",
                        "maintains",
                        "member-of",
                        "elapsed")
                .contains(atom.key());
    }
}
