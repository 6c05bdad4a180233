package dev.gatehouse.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Example;
import net.jqwik.api.Property;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;

/** Tests that laws bite: one for each nested class with {@link Breaks}, and one that holds that each law has such a class. */
public final class Bites {
    /** A law draws anew in each run; a build must not fail because one run drew nothing telling. */
    private static final int RUNS = 3;

    private Bites() {}

    /** A test for each fault: the laws that it breaks do catch it. */
    public static Stream<DynamicTest> tests(Class<?>... holders) {
        return faults(holders)
                .map(fault -> DynamicTest.dynamicTest(fault.getSimpleName(), () -> {
                    String[] laws = fault.getAnnotation(Breaks.class).value();
                    Set<String> broken = new TreeSet<>();
                    for (int run = 0; run < RUNS && broken.size() < laws.length; run++) {
                        broken.addAll(LawRun.of(fault, laws).broken());
                    }
                    assertThat(broken).containsExactlyInAnyOrder(laws);
                }));
    }

    /** Holds that each law of an interface or class is broken by one of the faults. */
    public static void assertThatEachLawHasAFault(Class<?> laws, Class<?>... holders) {
        Set<String> broken = new TreeSet<>();
        faults(holders)
                .forEach(fault -> broken.addAll(
                        Arrays.asList(fault.getAnnotation(Breaks.class).value())));
        Set<String> all = new TreeSet<>();
        Arrays.stream(laws.getMethods())
                .filter(method -> method.isAnnotationPresent(Property.class)
                        || method.isAnnotationPresent(Example.class)
                        || method.isAnnotationPresent(Test.class))
                .forEach(method -> all.add(method.getName()));
        assertThat(broken).containsExactlyElementsOf(all);
    }

    private static Stream<Class<?>> faults(Class<?>... holders) {
        return Arrays.stream(holders)
                .<Class<?>>flatMap(holder -> Arrays.stream(holder.getDeclaredClasses()))
                .filter(type -> type.isAnnotationPresent(Breaks.class));
    }
}
