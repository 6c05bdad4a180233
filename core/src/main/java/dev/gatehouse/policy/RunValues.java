package dev.gatehouse.policy;

import java.util.Set;

record RunValues(Fact<String> provider, Fact<String> event, Fact<String> ref, Fact<Set<String>> flags)
        implements PublisherRun {
    static final PublisherRun UNKNOWN = new RunValues(Fact.unknown(), Fact.unknown(), Fact.unknown(), Fact.unknown());
    static final PublisherRun ABSENT = new RunValues(Fact.absent(), Fact.absent(), Fact.absent(), Fact.absent());
}
