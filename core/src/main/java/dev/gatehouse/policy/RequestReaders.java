package dev.gatehouse.policy;

import dev.gatehouse.factor.EnrolledFactor;
import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.Explanation.Truth;
import dev.gatehouse.policy.rule.Atom;
import dev.gatehouse.policy.rule.CredentialTest;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Readers of the credential, the request itself, the run, switches and custom conditions. */
final class RequestReaders {
    private RequestReaders() {}

    static final class Labels extends Reader {
        private final List<List<FlagTest>> patterns;

        @SuppressWarnings("unchecked")
        Labels(int base, List<Object> specs) {
            super(base, specs.size());
            this.patterns = specs.stream().map(spec -> (List<FlagTest>) spec).toList();
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Set<String> labels = q.credential().labels();
            long word = 0;
            for (int i = 0; i < patterns.size(); i++) {
                List<FlagTest> oneOf = patterns.get(i);
                Truth truth = Truth.FALSE;
                for (int j = 0; j < oneOf.size() && truth != Truth.TRUE; j++) {
                    truth = Truths.either(truth, oneOf.get(j).truth(labels));
                }
                word |= bits(i, truth);
            }
            return word;
        }
    }

    /** Age, idle time, lifetime, creation and reach of the credential. */
    static final class Attributes extends Reader {
        private final CredentialTest[] tests;

        Attributes(int base, List<Object> specs) {
            super(base, specs.size());
            this.tests = specs.toArray(new CredentialTest[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Instant now = Instant.ofEpochSecond(second, nano);
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, Truths.attributes(tests[i], q.credential(), now));
            }
            return word;
        }
    }

    /** A switch, looked up once after each change of any. */
    static final class Switch extends Reader {
        private final String name;
        private Seen seen;

        Switch(int base, String name) {
            super(base, 1);
            this.name = name;
            this.seen = new Seen(PolicyControls.none().state(), unknown);
        }

        /** Whole whichever thread sees it, and compared before it is used. */
        private record Seen(PolicyControls.State controls, long bits) {}

        @Override
        @SuppressWarnings("ReferenceEquality") // A snapshot is replaced, never changed.
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Seen last = seen;
            if (last.controls() != controls) {
                Boolean on = controls.switches().get(name);
                last = new Seen(controls, on == null ? unknown : bits(0, on));
                seen = last;
            }
            return last.bits();
        }
    }

    static final class AskedToken extends Reader {
        private final Setting setting;
        private final Atom.NewToken[] tests;

        AskedToken(int base, Setting setting, List<Object> specs) {
            super(base, specs.size());
            this.setting = setting;
            this.tests = specs.toArray(new Atom.NewToken[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, Truths.newToken(tests[i], q.newToken(), setting));
            }
            return word;
        }
    }

    static final class AskedFactor extends Reader {
        private final Atom.NewFactor[] tests;

        AskedFactor(int base, List<Object> specs) {
            super(base, specs.size());
            this.tests = specs.toArray(new Atom.NewFactor[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<EnrolledFactor> asked = q.newFactor();
            if (!asked.isKnown()) {
                return missing(asked, true);
            }
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, tests[i].factor().accepts(asked.value()));
            }
            return word;
        }
    }

    static final class Left extends Reader {
        private final Atom.FactorsLeft[] tests;

        Left(int base, List<Object> specs) {
            super(base, specs.size());
            this.tests = specs.toArray(new Atom.FactorsLeft[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<EnrolledFactors> left = q.factorsLeft();
            if (!left.isKnown()) {
                return missing(left, true);
            }
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, tests[i].factor().acceptsAny(left.value()));
            }
            return word;
        }
    }

    /** One word of the run: its provider, event or kind of ref. */
    static final class RunWord extends Reader {
        private final FactType type;
        private final List<List<String>> oneOf;

        @SuppressWarnings("unchecked")
        RunWord(int base, FactType type, List<Object> specs) {
            super(base, specs.size());
            this.type = type;
            this.oneOf = specs.stream().map(spec -> (List<String>) spec).toList();
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<String> fact = word(q.run());
            if (fact == null || !fact.isKnown()) {
                return missing(fact, !AtAction.hasRun(q.credential()));
            }
            long word = 0;
            for (int i = 0; i < oneOf.size(); i++) {
                word |= bits(i, oneOf.get(i).contains(fact.value()));
            }
            return word;
        }

        private Fact<String> word(PublisherRun run) {
            return switch (type) {
                case PROVIDER -> run.provider();
                case RUN_EVENT -> run.event();
                default -> run.ref();
            };
        }
    }

    static final class RunFlags extends Reader {
        private final FlagTest[] tests;

        RunFlags(int base, List<Object> specs) {
            super(base, specs.size());
            this.tests = specs.toArray(new FlagTest[0]);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Fact<Set<String>> fact = q.run().flags();
            if (fact == null || !fact.isKnown()) {
                return missing(fact, !AtAction.hasRun(q.credential()));
            }
            long word = 0;
            for (int i = 0; i < tests.length; i++) {
                word |= bits(i, tests[i].truth(fact.value()));
            }
            return word;
        }
    }

    /** The custom conditions that these rules name, each asked once. */
    static final class Host extends Reader {
        private final Setting setting;
        private final List<List<String>> anyOf;
        private final Set<String> ids = new LinkedHashSet<>();

        @SuppressWarnings("unchecked")
        Host(int base, Setting setting, List<Object> specs) {
            super(base, specs.size());
            this.setting = setting;
            this.anyOf = specs.stream().map(spec -> (List<String>) spec).toList();
            anyOf.forEach(ids::addAll);
        }

        @Override
        long read(AccessRequest q, Fact<String> id, long second, int nano, PolicyControls.State controls) {
            Map<String, Truth> truths = new HashMap<>();
            for (String condition : ids) {
                truths.put(condition, Truths.host(condition, setting, q));
            }
            long word = 0;
            for (int i = 0; i < anyOf.size(); i++) {
                Truth truth = Truth.FALSE;
                for (String condition : anyOf.get(i)) {
                    truth = Truths.either(truth, truths.getOrDefault(condition, Truth.UNKNOWN));
                }
                word |= bits(i, truth);
            }
            return word;
        }
    }
}
