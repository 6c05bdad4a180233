package dev.gatehouse.policy;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host's list of things, gone through once; each thing's facts are asked at most once. */
final class MemoList {
    private MemoList() {}

    static Fact<Collection<ThingFacts>> of(Fact<Collection<ThingFacts>> answer) {
        if (!answer.isKnown()) {
            return answer;
        }
        List<ThingFacts> things = new ArrayList<>();
        for (ThingFacts thing : answer.value()) {
            things.add(thing(thing));
        }
        return Fact.of(things);
    }

    /** A hole in the list is a thing of which nothing is known. */
    static ThingFacts thing(@Nullable ThingFacts thing) {
        return thing == null ? ThingValues.unknown() : new MemoThing(thing, false);
    }
}
