package dev.gatehouse.policy;

import dev.gatehouse.policy.PlainSubject.Line;
import dev.gatehouse.policy.PlainSubject.Setup;
import dev.gatehouse.policy.PlainSubject.Verdict;
import dev.gatehouse.policy.rule.Action;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.Condition;
import dev.gatehouse.policy.rule.Mode;
import dev.gatehouse.policy.rule.Phase;
import dev.gatehouse.policy.rule.ReasonCode;
import dev.gatehouse.policy.rule.Remedy;
import dev.gatehouse.policy.rule.Requirement;
import dev.gatehouse.policy.rule.Window;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The policy model's section 10, line by line: slow, obvious, and without a line of the engine's.
 *
 * <p>It can be given faults, so that a test shows that a law or a comparison would notice one.
 */
final class PlainInterpreter implements PlainSubject {
    /** A way to be wrong. */
    enum Fault {
        /** The pinned vectors take evidence of a factor that is not enrolled. */
        EVIDENCE_WITHOUT_ENROLMENT,
        UNKNOWN_DOES_NOT_BIND,
        UNKNOWN_EXEMPTS,
        UNKNOWN_MEETS_DEMAND,
        ABSENT_BINDS,
        UNSUPPLIED_FLAG_IS_FALSE,
        UNKNOWN_SWITCH_IS_OFF,
        FROM_IS_EXCLUSIVE,
        UNTIL_IS_INCLUSIVE,
        EVIDENCE_AGE_IS_INCLUSIVE,
        BOUND_AT_MOST_IS_EXCLUSIVE,
        FUTURE_EVIDENCE_COUNTS,
        EVIDENCE_OF_OTHERS_COUNTS,
        RECOVERY_CODE_IS_ENROLLED,
        WEAKEST_MODE_WINS,
        LAST_PHASE_WINS,
        FIRST_REQUIREMENT_ONLY,
        WARN_IS_SILENT,
        SMALL_SHARES_ARE_OTHER_ACCOUNTS,
        SHARE_IGNORES_UNKNOWN_ACCOUNTS,
        WAIVER_LIFTS_OTHERS,
        WAIVER_REFUSES,
        WAIVER_LIFTS_CLOSED,
        TENTATIVE_ENFORCES,
        ENDLESS_IS_SHORT,
        ONLY_THE_FIRST_PROOF_COUNTS,
        ABSENCE_IS_BELIEVED,
        HOUR_MATTERS,
        ALTERNATIVES_ARE_ALL_NEEDED,
        EXCEPT_IS_IGNORED
    }

    private static final Comparator<Way> WAY_ORDER = Comparator.comparing((Way w) -> changesCredential(w))
            .thenComparing(w -> w.steps().size())
            .thenComparing(w -> w.steps().stream()
                    .map(s -> String.format("%02d", s.stage()))
                    .toList()
                    .toString());

    private final Set<Fault> faults;

    PlainInterpreter(Fault... faults) {
        this.faults = faults.length == 0 ? EnumSet.noneOf(Fault.class) : EnumSet.copyOf(List.of(faults));
    }

    private boolean has(Fault fault) {
        return faults.contains(fault);
    }

    @Override
    public Verdict decide(Setup setup, AccessRequest q, Instant now) {
        List<Line> refusals = new ArrayList<>();
        List<Line> notices = new ArrayList<>();
        List<Line> observed = new ArrayList<>();
        if (!setup.definition().vocabulary().actions().contains(q.action())) {
            Line unmapped = new Line(
                    "unmapped",
                    Mode.ENFORCE,
                    List.of(ReasonCode.UNMAPPED),
                    List.of(Way.of(Remedy.CONTACT_SUPPORT)),
                    false);
            return new Verdict(false, List.of(unmapped), List.of(), List.of());
        }
        for (Requirement r : setup.definition().requirements()) {
            if (!gates(r, q.action())) {
                continue;
            }
            Asked asked = new Asked(setup, q, now, faults);
            Mode mode = mode(setup, r, q, now);
            if (mode == null
                    || mode == Mode.ANNOUNCE
                    || !holds(asked, r.when(), true, !has(Fault.UNKNOWN_DOES_NOT_BIND))
                    || holds(asked, r.unless(), false, has(Fault.UNKNOWN_EXEMPTS))) {
                continue;
            }
            if (holds(asked, r.demand(), true, has(Fault.UNKNOWN_MEETS_DEMAND))) {
                continue;
            }
            boolean waived = waived(setup, r, q, now);
            Line line = new Line(r.id(), mode, codes(asked, r), ways(asked, r), waived);
            if (waived && has(Fault.WAIVER_REFUSES)) {
                refusals.add(line);
            } else if (waived) {
                (mode == Mode.ENFORCE ? notices : observed).add(line);
            } else if (mode == Mode.ENFORCE) {
                refusals.add(line);
            } else if (mode == Mode.WARN) {
                (has(Fault.WARN_IS_SILENT) ? observed : notices).add(line);
            } else {
                observed.add(line);
            }
            if (has(Fault.FIRST_REQUIREMENT_ONLY)) {
                break;
            }
        }
        Comparator<Line> order = Comparator.comparing(
                        (Line l) -> l.ways().get(0).first().stage())
                .thenComparing(Line::requirement);
        refusals.sort(order);
        notices.sort(order);
        observed.sort(order);
        return new Verdict(refusals.isEmpty(), refusals, notices, observed);
    }

    private boolean gates(Requirement r, Action action) {
        boolean listed = r.actions().stream().anyMatch(word -> means(word, action));
        boolean except = r.except().stream().anyMatch(word -> means(word, action));
        return listed && (!except || has(Fault.EXCEPT_IS_IGNORED));
    }

    private static boolean means(String word, Action action) {
        String group = action.group();
        boolean open = group.equals("read") || group.equals("sign-in");
        return switch (word) {
            case "all" -> true;
            case "manage" -> !open && !group.equals("publish");
            case "write" -> !open && !action.id().endsWith(".view");
            default -> word.equals(group) || word.equals(action.id());
        };
    }

    /** The strongest active mode, or null for OFF. */
    @Nullable
    Mode mode(Setup setup, Requirement r, AccessRequest q, Instant now) {
        if (r.phases().isEmpty()) {
            return Mode.ENFORCE;
        }
        Mode strongest = null;
        for (Phase p : r.phases()) {
            Mode mode = phaseMode(setup, r, p, q, now);
            if (mode == null) {
                continue;
            }
            boolean stronger = strongest == null || mode.compareTo(strongest) > 0;
            boolean weaker = strongest == null || mode.compareTo(strongest) <= 0;
            if (has(Fault.LAST_PHASE_WINS) || (has(Fault.WEAKEST_MODE_WINS) ? weaker : stronger)) {
                strongest = mode;
            }
        }
        return strongest;
    }

    private @Nullable Mode phaseMode(Setup setup, Requirement r, Phase p, AccessRequest q, Instant now) {
        if (p.tentative() && !has(Fault.TENTATIVE_ENFORCES)) {
            return Mode.ANNOUNCE;
        }
        if (!active(p, now)) {
            return null;
        }
        if (p.switchName().isPresent()) {
            Boolean state = setup.switches().get(p.switchName().get());
            if (!(state == null ? !has(Fault.UNKNOWN_SWITCH_IS_OFF) : state)) {
                return null;
            }
        }
        Asked asked = new Asked(setup, q, now, faults);
        if (!holds(asked, p.when(), true, !has(Fault.UNKNOWN_DOES_NOT_BIND))
                || holds(asked, p.unless(), false, has(Fault.UNKNOWN_EXEMPTS))) {
            return null;
        }
        if (p.share().isPresent() && !inShare(setup, r.id(), p.share().get(), q)) {
            return null;
        }
        return p.mode();
    }

    private boolean active(Phase p, Instant now) {
        if (!p.windows().isEmpty()) {
            for (Window w : p.windows()) {
                if (between(w.from(), w.from().plus(w.length()), now)) {
                    return true;
                }
            }
            return false;
        }
        if (has(Fault.HOUR_MATTERS) && p.from().isPresent() && now.getEpochSecond() % 7 == 3) {
            return false;
        }
        return between(p.from().orElse(Instant.MIN), p.until().orElse(null), now);
    }

    private boolean between(Instant from, @Nullable Instant until, Instant now) {
        boolean begun = has(Fault.FROM_IS_EXCLUSIVE) ? now.isAfter(from) : !now.isBefore(from);
        boolean over = until != null && (has(Fault.UNTIL_IS_INCLUSIVE) ? now.isAfter(until) : !now.isBefore(until));
        return begun && !over;
    }

    private boolean inShare(Setup setup, String id, BigDecimal share, AccessRequest q) {
        Fact<String> account = Asked.orUnknown(q.account().id());
        if (!account.isKnown()) {
            return !has(Fault.SHARE_IGNORES_UNKNOWN_ACCOUNTS);
        }
        byte[] message = (id + "\0" + account.value()).getBytes(StandardCharsets.UTF_8);
        BigInteger number = new BigInteger(1, java.util.Arrays.copyOf(hash(setup.salt(), message), 8));
        BigInteger limit = share.multiply(new BigDecimal(BigInteger.TWO.pow(64)))
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING)
                .toBigInteger();
        boolean inside = number.compareTo(limit) < 0;
        boolean other = has(Fault.SMALL_SHARES_ARE_OTHER_ACCOUNTS) && share.compareTo(BigDecimal.valueOf(50)) < 0;
        return inside != other;
    }

    private static byte[] hash(@Nullable String salt, byte[] message) {
        try {
            if (salt == null) {
                return MessageDigest.getInstance("SHA-256").digest(message);
            }
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(salt.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return mac.doFinal(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Section 10, {@code holds}: every atom, and some alternative. */
    private boolean holds(Asked asked, Condition c, boolean ifEmpty, boolean unknown) {
        if (c.isEmpty()) {
            return ifEmpty;
        }
        for (Atom atom : c.atoms()) {
            if (!asked.truth(atom).as(unknown, has(Fault.ABSENT_BINDS) && unknown)) {
                return false;
            }
        }
        if (c.anyOf().isEmpty()) {
            return true;
        }
        return has(Fault.ALTERNATIVES_ARE_ALL_NEEDED)
                ? c.anyOf().stream().allMatch(a -> holds(asked, a, true, unknown))
                : c.anyOf().stream().anyMatch(a -> holds(asked, a, true, unknown));
    }

    private boolean waived(Setup setup, Requirement r, AccessRequest q, Instant now) {
        if (Asked.mentions(r.demand(), "closed") && !has(Fault.WAIVER_LIFTS_CLOSED)) {
            return false;
        }
        for (Waiver w : setup.waivers()) {
            Fact<String> id = Asked.orUnknown(
                    w.subject() == Waiver.Subject.ACCOUNT
                            ? q.account().id()
                            : q.project().id());
            if ((w.requirement().equals(r.id()) || has(Fault.WAIVER_LIFTS_OTHERS))
                    && id.isKnown()
                    && id.value().equals(w.subjectId())
                    && w.from().plus(Duration.ofDays(30)).compareTo(w.until()) >= 0
                    && !now.isBefore(w.from())
                    && now.isBefore(w.until())) {
                return true;
            }
        }
        return false;
    }

    /** The demand's alternatives, each with the atoms outside the list. */
    private static List<List<Atom>> alternatives(Condition demand) {
        if (demand.anyOf().isEmpty()) {
            return List.of(demand.atoms());
        }
        List<List<Atom>> all = new ArrayList<>();
        for (Condition alternative : demand.anyOf()) {
            List<Atom> atoms = new ArrayList<>(demand.atoms());
            atoms.addAll(alternative.atoms());
            all.add(atoms);
        }
        return all;
    }

    private List<ReasonCode> codes(Asked asked, Requirement r) {
        Set<ReasonCode> codes = EnumSet.noneOf(ReasonCode.class);
        for (List<Atom> alternative : alternatives(r.demand())) {
            for (Atom atom : alternative) {
                if (asked.truth(atom) != Asked.Truth.TRUE) {
                    codes.add(PlainRemedies.code(asked, atom));
                }
            }
        }
        return List.copyOf(codes);
    }

    private List<Way> ways(Asked asked, Requirement r) {
        if (r.remedy().isPresent()) {
            return List.of(Way.of(r.remedy().get()));
        }
        Set<Way> ways = new HashSet<>();
        for (List<Atom> alternative : alternatives(r.demand())) {
            Set<Remedy> steps = EnumSet.noneOf(Remedy.class);
            for (Atom atom : alternative) {
                if (asked.truth(atom) != Asked.Truth.TRUE) {
                    steps.addAll(PlainRemedies.steps(asked, atom));
                }
            }
            List<Remedy> sorted = new ArrayList<>(steps);
            sorted.sort(Comparator.comparing(Remedy::stage));
            // Empty only where a fault takes a met demand for unmet.
            ways.add(sorted.isEmpty() ? Way.of(Remedy.CONTACT_SUPPORT) : new Way(sorted));
        }
        List<Way> list = new ArrayList<>(ways);
        list.sort(WAY_ORDER);
        return list;
    }

    private static boolean changesCredential(Way way) {
        return way.steps().contains(Remedy.AUTHENTICATE) || way.steps().contains(Remedy.SWITCH_CREDENTIAL);
    }
}
