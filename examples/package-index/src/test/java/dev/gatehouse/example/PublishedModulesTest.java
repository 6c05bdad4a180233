package dev.gatehouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMember;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.JavaType;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What holds for the code of every published module; this is the one place that has all of them on its path. */
class PublishedModulesTest {
    /** Beside the JDK's base module, JSpecify and our own exported types, whose types a module may show. */
    private static final Map<String, List<String>> MAY_SHOW = Map.of(
            "dev.gatehouse.core", List.of(),
            "dev.gatehouse.servlet", List.of("jakarta.servlet."),
            "dev.gatehouse.store.jdbc", List.of("javax.sql."),
            "dev.gatehouse.testkit", List.of("javax.sql.", "net.jqwik.api.", "org.junit.jupiter.api."));

    private static final List<String> ANYONE_MAY_SHOW =
            List.of("java.", "javax.crypto.", "javax.net.", "javax.security.", "org.jspecify.");

    private static final Set<String> CLOCKS =
            Set.of("java.lang.System.currentTimeMillis", "java.util.Calendar.getInstance");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.gatehouse");

    private static final Map<String, Set<String>> EXPORTS = PublishedModules.exports();

    @Test
    void modules_onThePath_areAllThePublishedOnes() {
        assertThat(EXPORTS.keySet()).isEqualTo(MAY_SHOW.keySet());
    }

    @Test
    void signature_ofAnExportedType_showsNoTypeOfADependency() {
        Set<String> ours = EXPORTS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());

        assertThat(exportedTypes()
                        .flatMap(type -> shownBy(type)
                                .map(JavaClass::getBaseComponentType)
                                .filter(shown -> !shown.isPrimitive()
                                        && !ours.contains(shown.getPackageName())
                                        && !startsWithAny(shown.getName(), ANYONE_MAY_SHOW)
                                        && !startsWithAny(shown.getName(), MAY_SHOW.get(moduleOf(type))))
                                .map(shown -> type.getName() + " shows " + shown.getName())
                                .distinct()))
                .isEmpty();
    }

    @Test
    void mainCode_always_takesTimeFromAnInjectedSource() {
        assertThat(CLASSES.stream()
                        .flatMap(type -> type.getAccessesFromSelf().stream())
                        .filter(PublishedModulesTest::readsTheClock)
                        .map(JavaAccess::getDescription))
                .isEmpty();
    }

    @Test
    void field_ofAFinalExportedType_isFinalOrSafelyPublished() {
        assertThat(exportedTypes()
                        .filter(type -> type.getModifiers().contains(JavaModifier.FINAL)
                                && !type.getSimpleName().endsWith("Builder"))
                        .flatMap(type -> type.getFields().stream())
                        .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC)
                                && !field.getModifiers().contains(JavaModifier.FINAL)
                                && !field.getModifiers()
                                        .containsAll(Set.of(JavaModifier.PRIVATE, JavaModifier.VOLATILE)))
                        .map(JavaMember::getFullName))
                .isEmpty();
    }

    /** {@code now()} of java.time is the clock's unless it is given one; Error Prone keeps java.util.Date out. */
    private static boolean readsTheClock(JavaAccess<?> access) {
        String owner = access.getTargetOwner().getName();
        if (!owner.startsWith("java.time.") || !access.getName().equals("now")) {
            return CLOCKS.contains(owner + "." + access.getName());
        }
        return !(access.getTarget() instanceof CodeUnitAccessTarget unit)
                || unit.getRawParameterTypes().stream()
                        .noneMatch(parameter -> parameter.getName().equals("java.time.Clock"));
    }

    private static Stream<JavaClass> exportedTypes() {
        Set<String> packages = EXPORTS.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        return CLASSES.stream()
                .filter(type -> packages.contains(type.getPackageName()))
                .filter(PublishedModulesTest::isVisible);
    }

    private static boolean isVisible(JavaClass type) {
        return isVisible(type.getModifiers())
                && type.getEnclosingClass().map(PublishedModulesTest::isVisible).orElse(true);
    }

    private static boolean isVisible(Set<JavaModifier> modifiers) {
        return modifiers.contains(JavaModifier.PUBLIC) || modifiers.contains(JavaModifier.PROTECTED);
    }

    private static Stream<JavaClass> shownBy(JavaClass type) {
        Stream<JavaType> heads = Stream.of(
                        type.getSuperclass().stream(), type.getInterfaces().stream(), type.getTypeParameters().stream())
                .flatMap(part -> part);
        Stream<JavaClass> members = type.getMembers().stream()
                .filter(member -> isVisible(member.getModifiers()))
                .flatMap(PublishedModulesTest::shownBy);
        return Stream.concat(heads.flatMap(head -> head.getAllInvolvedRawTypes().stream()), members);
    }

    private static Stream<JavaClass> shownBy(JavaMember member) {
        if (!(member instanceof JavaCodeUnit unit)) {
            return member.getAllInvolvedRawTypes().stream();
        }
        return Stream.of(
                        unit.getAllInvolvedRawTypes().stream(),
                        unit.getExceptionTypes().stream(),
                        unit.getTypeParameters().stream()
                                .flatMap(parameter -> parameter.getAllInvolvedRawTypes().stream()))
                .flatMap(part -> part);
    }

    private static String moduleOf(JavaClass type) {
        return EXPORTS.entrySet().stream()
                .filter(module -> module.getValue().contains(type.getPackageName()))
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static boolean startsWithAny(String name, List<String> prefixes) {
        return prefixes.stream().anyMatch(name::startsWith);
    }
}
