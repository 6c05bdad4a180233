package dev.gatehouse;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Who may know whom inside the core. What holds for every published module (signatures, clocks, fields) is tested
 * where all of them are at hand, in the example's {@code PublishedModulesTest}.
 */
class ArchitectureTest {
    private static final String ROOT = "dev.gatehouse.";

    /** Every package of the core, with those it may know; {@code internal} is open to all and knows none of them. */
    private static final Map<String, Set<String>> MAY_KNOW = Map.ofEntries(
            Map.entry("factor", Set.of()),
            Map.entry("secret", Set.of("factor")),
            Map.entry("audit", Set.of("factor", "secret")),
            Map.entry("state", Set.of("factor", "secret", "audit")),
            Map.entry("policy.rule", Set.of("factor")),
            Map.entry("policy", Set.of("factor", "policy.rule")),
            Map.entry("policy.document", Set.of("factor", "policy.rule")),
            Map.entry("policy.analysis", Set.of("factor", "policy.rule", "policy")),
            Map.entry("totp", Set.of("factor", "secret", "audit", "state")),
            Map.entry("webauthn", Set.of("factor", "secret", "state", "audit")),
            Map.entry("recovery", Set.of("factor", "secret", "state", "audit")),
            Map.entry("token", Set.of("secret", "state", "audit")),
            Map.entry("fetch", Set.of()),
            Map.entry("oidc", Set.of("fetch")),
            Map.entry("publisher", Set.of("oidc", "fetch", "secret", "token", "state", "audit")),
            Map.entry("disclosure", Set.of("fetch", "secret", "token", "state", "audit")),
            Map.entry("signin", Set.of("factor", "state", "policy", "policy.rule", "audit")));

    private static final JavaClasses CORE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatehouse");

    static Stream<String> packages() {
        return MAY_KNOW.keySet().stream().sorted();
    }

    @ParameterizedTest
    @MethodSource("packages")
    void package_ofTheCore_knowsOnlyWhatItMay(String name) {
        Set<String> allowed = MAY_KNOW.get(name);

        assertThat(dependenciesOf(name)
                        .filter(dependency -> !allowed.contains(packageOf(dependency.getTargetClass())))
                        .map(Dependency::getDescription))
                .isEmpty();
    }

    @Test
    void internal_always_knowsNoOtherPackage() {
        assertThat(dependenciesOf("internal").map(Dependency::getDescription)).isEmpty();
    }

    @Test
    void core_always_hasOnlyPackagesWithAPlace() {
        List<String> unplaced = CORE.stream()
                .map(ArchitectureTest::packageOf)
                .distinct()
                .filter(name -> !name.equals("internal") && !MAY_KNOW.containsKey(name))
                .toList();

        assertThat(unplaced).isEmpty();
    }

    private static Stream<Dependency> dependenciesOf(String name) {
        return CORE.stream()
                .filter(type -> packageOf(type).equals(name))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .filter(dependency -> dependency
                        .getTargetClass()
                        .getBaseComponentType()
                        .getName()
                        .startsWith(ROOT))
                .filter(dependency -> !packageOf(dependency.getTargetClass()).equals(name)
                        && !packageOf(dependency.getTargetClass()).equals("internal"));
    }

    /** The package below the root; everything below {@code internal} counts as one. */
    private static String packageOf(JavaClass type) {
        String name = type.getBaseComponentType().getPackageName();
        if (!name.startsWith(ROOT)) {
            return name;
        }
        String below = name.substring(ROOT.length());
        return below.startsWith("internal.") ? "internal" : below;
    }
}
