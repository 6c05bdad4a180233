package dev.gatehouse.policy.rule;

import dev.gatehouse.factor.FactorSelector;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** One thing that a condition asks; every atom is positive, there is no negation. Immutable and thread-safe. */
public sealed interface Atom {

    /** The key of the policy language under which this atom is written. */
    String key();

    /** About the presented credential. */
    record Credential(CredentialTest test) implements Atom {
        public Credential {
            Objects.requireNonNull(test, "test");
        }

        @Override
        public String key() {
            return "credential";
        }
    }

    /** The account has a factor that the selector accepts. */
    record Enrolled(FactorSelector factor) implements Atom {
        public Enrolled {
            Objects.requireNonNull(factor, "factor");
        }

        @Override
        public String key() {
            return "enrolled";
        }
    }

    /** A factor was proven so recently. */
    record Proven(FactorSelector factor, Within within) implements Atom {
        public Proven {
            Objects.requireNonNull(factor, "factor");
            Objects.requireNonNull(within, "within");
        }

        @Override
        public String key() {
            return "proven";
        }
    }

    /** After this removal a factor that the selector accepts is left. */
    record FactorsLeft(FactorSelector factor) implements Atom {
        public FactorsLeft {
            Objects.requireNonNull(factor, "factor");
        }

        @Override
        public String key() {
            return "factors-left";
        }
    }

    /** The primary address is verified. */
    record EmailVerified() implements Atom {
        @Override
        public String key() {
            return "email-verified";
        }
    }

    /** The owner has shown that they hold the recovery codes. */
    record RecoveryCodesSaved() implements Atom {
        @Override
        public String key() {
            return "recovery-codes-saved";
        }
    }

    /** About the caller's account. */
    record Account(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "account";
        }
    }

    /** Some project on which the account may publish passes the whole test. */
    record Maintains(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "maintains";
        }
    }

    /** Some organization the account belongs to passes the whole test. */
    record MemberOf(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "member-of";
        }
    }

    /** About the project of this request. */
    record Project(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "project";
        }
    }

    /** About the organization of this request. */
    record Organization(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "organization";
        }
    }

    /** About the version of this request. */
    record Release(ThingTest test) implements Atom {
        @Override
        public String key() {
            return "release";
        }
    }

    /** About the run behind a trusted publisher; every list that is not empty must hold, flags as one of these. */
    record Publisher(
            List<String> provider, List<String> event, List<String> ref, List<String> anyFlag, List<String> allFlags)
            implements Atom {
        public Publisher {
            provider = List.copyOf(new TreeSet<>(provider));
            event = List.copyOf(new TreeSet<>(event));
            ref = List.copyOf(new TreeSet<>(ref));
            anyFlag = List.copyOf(new TreeSet<>(anyFlag));
            allFlags = List.copyOf(new TreeSet<>(allFlags));
        }

        @Override
        public String key() {
            return "publisher";
        }
    }

    /** About the token asked for; one of the labels, the bounds of its lifetime, one of the reaches. */
    record NewToken(List<String> label, Bounds<Duration> lifetime, List<Reach> reach) implements Atom {
        public NewToken {
            label = List.copyOf(new TreeSet<>(label));
            reach = List.copyOf(new TreeSet<>(reach));
        }

        @Override
        public String key() {
            return "new-token";
        }
    }

    /** The factor being enrolled is accepted by the selector. */
    record NewFactor(FactorSelector factor) implements Atom {
        @Override
        public String key() {
            return "new-factor";
        }
    }

    /** Each of these events never happened or is at least that old. */
    record Elapsed(List<String> since, Duration atLeast) implements Atom {
        public Elapsed {
            since = List.copyOf(new TreeSet<>(since));
            if (since.isEmpty()) {
                throw new IllegalArgumentException("since: empty");
            }
            if (atLeast.isZero() || atLeast.isNegative()) {
                throw new IllegalArgumentException("atLeast: not above zero");
            }
        }

        @Override
        public String key() {
            return "elapsed";
        }
    }

    /** Never holds: a ban or a closed door; stands only in a demand, alone. */
    record Closed() implements Atom {
        @Override
        public String key() {
            return "closed";
        }
    }

    /** One of the host's named custom conditions holds; never in a demand. */
    record Host(List<String> anyOf) implements Atom {
        public Host {
            anyOf = List.copyOf(new TreeSet<>(anyOf));
            if (anyOf.isEmpty()) {
                throw new IllegalArgumentException("anyOf: empty");
            }
        }

        @Override
        public String key() {
            return "host";
        }
    }
}
