package dev.gatehouse.example;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What others compile against does not change by accident: the signatures of each published module are written down beside it.
 * Run with {@code -Dapi.update=true} to write them anew, and look at the difference.
 */
class PublicSignaturesTest {
    private static final Path PROJECT = Path.of("").toAbsolutePath().getParent().getParent();

    @ParameterizedTest
    @CsvSource({
        "dev.gatehouse.core, core",
        "dev.gatehouse.servlet, servlet-adapter",
        "dev.gatehouse.store.jdbc, stores/jdbc",
        "dev.gatehouse.testkit, testkit"
    })
    void signatures_ofEachPublishedModule_areThoseWrittenDown(String module, String directory) throws IOException {
        Path written = PROJECT.resolve(directory).resolve("api.txt");
        List<String> now = signatures(module);
        if (Boolean.getBoolean("api.update")) {
            Files.write(written, now);
        }

        assertThat(now).isNotEmpty();
        assertThat(Files.readAllLines(written))
                .as("%s: meant to change? Write it anew with -Dapi.update=true", written.getFileName())
                .isEqualTo(now);
    }

    private static List<String> signatures(String module) {
        Set<String> packages = PublishedModules.exports().get(module);
        Set<String> all = PublishedModules.exports().values().stream()
                .flatMap(Set::stream)
                .collect(Collectors.toSet());
        List<Class<?>> types = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS).importPackages(packages).stream()
                        .filter(type -> packages.contains(type.getPackageName()))
                        .<Class<?>>map(type -> type.reflect())
                        .toList();
        return PublicSignatures.of(types, type -> all.contains(type.getPackageName()));
    }
}
