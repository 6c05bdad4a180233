package dev.gatehouse.benchmarks;

import dev.gatehouse.factor.EnrolledFactors;
import dev.gatehouse.policy.AccountFacts;
import dev.gatehouse.policy.Fact;
import java.time.Instant;

/** Accounts as four hosts might keep them, so that calls through the interface cannot all be of one class. */
final class HostAccounts {
    private HostAccounts() {}

    /** An account of the class with this number, 0 to 3. */
    static AccountFacts of(int number, String id, Instant registered, EnrolledFactors enrolled, boolean verified) {
        return switch (number) {
            case 0 -> new First(Fact.of(id), Fact.of(registered), Fact.of(enrolled), Fact.of(verified));
            case 1 -> new Second(Fact.of(id), Fact.of(registered), Fact.of(enrolled), Fact.of(verified));
            case 2 -> new Third(Fact.of(id), Fact.of(registered), Fact.of(enrolled), Fact.of(verified));
            default -> new Fourth(Fact.of(id), Fact.of(registered), Fact.of(enrolled), Fact.of(verified));
        };
    }

    record First(Fact<String> id, Fact<Instant> registered, Fact<EnrolledFactors> enrolled, Fact<Boolean> emailVerified)
            implements AccountFacts {
        @Override
        public Fact<String> name() {
            return id;
        }
    }

    record Second(
            Fact<String> id, Fact<Instant> registered, Fact<EnrolledFactors> enrolled, Fact<Boolean> emailVerified)
            implements AccountFacts {
        @Override
        public Fact<String> name() {
            return id;
        }
    }

    record Third(Fact<String> id, Fact<Instant> registered, Fact<EnrolledFactors> enrolled, Fact<Boolean> emailVerified)
            implements AccountFacts {
        @Override
        public Fact<String> name() {
            return id;
        }
    }

    record Fourth(
            Fact<String> id, Fact<Instant> registered, Fact<EnrolledFactors> enrolled, Fact<Boolean> emailVerified)
            implements AccountFacts {
        @Override
        public Fact<String> name() {
            return id;
        }
    }
}
