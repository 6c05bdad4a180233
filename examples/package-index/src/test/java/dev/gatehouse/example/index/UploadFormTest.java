package dev.gatehouse.example.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadFormTest {
    private static final String WHEEL = "sample_project-1.0-py3-none-any.whl";
    private static final String HEADERS = "Summary: A sample\nRequires-Python: >=3.8";

    @TempDir
    Path directory;

    @Test
    void finish_wheelAsItsFormSays_isTaken() throws Exception {
        UploadedFile file = read(WHEEL, wheel("Sample.Project", "1.0"), "name", "sample-project", "version", "1.0")
                .finish();

        assertThat(file.name().normalized()).isEqualTo("sample-project");
        assertThat(file.packagetype()).isEqualTo("bdist_wheel");
        assertThat(file.summary()).isEqualTo("A sample");
        assertThat(file.requiresPython()).contains(">=3.8");
    }

    @Test
    void finish_sourceArchive_isTaken() throws Exception {
        UploadForm form = read(
                "sample_project-1.0.tar.gz",
                source("sample-project", "1.0"),
                "name",
                "sample_project",
                "version",
                "1.0.0");

        assertThat(form.finish().packagetype()).isEqualTo("sdist");
    }

    @Test
    void keep_thenPath_holdsTheSameBytes() throws Exception {
        byte[] wheel = wheel("sample-project", "1.0");
        FileStore store = new FileStore(directory.resolve("store"));
        UploadForm form = read(store, WHEEL, wheel, "name", "sample-project", "version", "1.0");

        form.keep(store);

        assertThat(Files.readAllBytes(store.path(form.sha256()))).isEqualTo(wheel);
    }

    @ParameterizedTest
    @ValueSource(strings = {"name", "version", "sha256_digest"})
    void read_fieldGivenTwice_isRefused(String field) {
        assertProblem(
                field + ": Should not be a tuple.",
                () -> read(
                        WHEEL,
                        wheel("sample-project", "1.0"),
                        "name",
                        "sample-project",
                        "version",
                        "1.0",
                        "sha256_digest",
                        "",
                        field,
                        "x"));
    }

    /** Each is within its own bound; all of them are in memory until the upload ends. */
    @Test
    void read_fieldsThatAreLongTogether_areRefused() {
        String half = "x".repeat(500 * 1024);

        assertProblem(
                "The fields of the form are longer than 2097152 characters.",
                () -> read(
                        WHEEL,
                        wheel("sample-project", "1.0"),
                        "name",
                        "sample-project",
                        "version",
                        "1.0",
                        "a",
                        half,
                        "b",
                        half,
                        "c",
                        half,
                        "d",
                        half,
                        "e",
                        half));
    }

    @Test
    void read_twoFiles_isRefused() throws Exception {
        List<UploadForm.Part> parts = new ArrayList<>(parts(WHEEL, wheel("a", "1"), "name", "a", "version", "1"));
        parts.add(part("content", WHEEL, wheel("b", "1")));

        assertProblem(
                "content: Should not be a tuple.",
                () -> UploadForm.read(parts, new FileStore(directory.resolve("store")), 1 << 20));
    }

    @Test
    void finish_formNamesAnotherProjectThanTheMetadata_isRefused() {
        assertProblem(
                "says 'sample-project'",
                () -> read(WHEEL, wheel("sample-project", "1.0"), "name", "other", "version", "1.0")
                        .finish());
    }

    @Test
    void finish_formNamesAnotherVersionThanTheMetadata_isRefused() {
        assertProblem(
                "says '1.0'",
                () -> read(WHEEL, wheel("sample-project", "1.0"), "name", "sample-project", "version", "2.0")
                        .finish());
    }

    @Test
    void finish_fileNamedLikeAnotherProject_isRefused() {
        assertProblem(
                "must begin with the name",
                () -> read(
                                "other-1.0-py3-none-any.whl",
                                wheel("sample-project", "1.0"),
                                "name",
                                "sample-project",
                                "version",
                                "1.0")
                        .finish());
    }

    @ParameterizedTest
    @CsvSource({
        "sample_project-1.0-py3-none-any.whl, true",
        "sample_project-1.0.0-py3-none-any.whl, true",
        "sample_project-v1-1build-py3-none-any.whl, true",
        "sample_project-2.0-py3-none-any.whl, false",
        "sample_project-1.0_1-py3-none-any.whl, false",
        "sample_project-py3-none-any.whl, false",
        "sample_project-.whl, false",
        "sample_project-1.0.tar.gz, true",
        "sample-project-1.tar.gz, true",
        "sample_project-1.1.tar.gz, false",
        "sample_project-.tar.gz, false"
    })
    void finish_fileName_isOfTheVersionInTheMetadata(String filename, boolean is) throws Exception {
        byte[] content = filename.endsWith(".whl") ? wheel("sample-project", "1.0") : source("sample-project", "1.0");
        UploadForm form = read(filename, content, "name", "sample-project", "version", "1.0");

        if (is) {
            assertThat(form.finish().filename()).isEqualTo(filename);
        } else {
            assertProblem("The file name is not of version '1.0'", form::finish);
        }
    }

    @Test
    void finish_secondNameInTheMetadata_isRefused() {
        assertProblem(
                "Name is given twice",
                () -> read(
                                WHEEL,
                                wheel("sample-project\nName: other", "1.0"),
                                "name",
                                "sample-project",
                                "version",
                                "1.0")
                        .finish());
    }

    @Test
    void finish_requiresPythonAsLongAsItsColumn_isTaken() throws Exception {
        String python = ">=3.8" + ",!=3.8.".repeat(35) + "00000";

        UploadForm form = withHeader("Requires-Python: " + python);

        assertThat(python).hasSize(255);
        assertThat(form.finish().requiresPython()).contains(python);
    }

    @Test
    void finish_requiresPythonLongerThanItsColumn_isNamed() throws Exception {
        UploadForm form = withHeader("Requires-Python: " + ">".repeat(256));

        assertProblem("Requires-Python is longer than 255 characters", form::finish);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a"})
    void finish_summaryOfPairsOfSurrogates_isCutBetweenThem(String before) throws Exception {
        String summary = withHeader("Summary: " + before + "\uD83D\uDE00".repeat(400))
                .finish()
                .summary();

        assertThat(summary).startsWith(before + "\uD83D\uDE00").hasSizeBetween(499, 500);
        assertThat(summary.codePoints().filter(c -> Character.getType(c) == Character.SURROGATE))
                .isEmpty();
    }

    private UploadForm withHeader(String header) throws Exception {
        return read(WHEEL, wheel("sample-project", "1.0", header), "name", "sample-project", "version", "1.0");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../x-1.0.tar.gz",
                "a/b-1.0.tar.gz",
                "x-1.0.exe",
                ".x-1.0.whl",
                "x\u0000-1.0.whl",
                "x-1.0.tar.gz\n",
                ""
            })
    void finish_badFileName_isRefused(String filename) {
        assertThatThrownBy(() -> read(filename, wheel("x", "1.0"), "name", "x", "version", "1.0")
                        .finish())
                .isInstanceOf(UploadProblem.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"sha256_digest", "md5_digest", "blake2_256_digest"})
    void read_digestOfOtherBytes_isRefusedAndLeavesNothing(String field) throws Exception {
        assertProblem(
                "does not match",
                () -> read(
                        WHEEL,
                        wheel("sample-project", "1.0"),
                        "name",
                        "sample-project",
                        "version",
                        "1.0",
                        field,
                        "00"));
        try (Stream<Path> left = Files.list(directory.resolve("store"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void read_blake2Digest_isTheOneOfRfc7693() throws Exception {
        // BLAKE2b-256 of "abc", computed with a second implementation.
        String abc = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";

        UploadForm form = read(
                WHEEL, "abc".getBytes(StandardCharsets.UTF_8), "name", "a", "version", "1", "blake2_256_digest", abc);

        assertThat(form.sha256()).startsWith("ba7816bf");
    }

    @Test
    void read_largerThanTheLimit_is413() {
        assertThatThrownBy(() -> UploadForm.read(
                        parts(WHEEL, new byte[2048], "name", "a", "version", "1"),
                        new FileStore(directory.resolve("store")),
                        2047))
                .isInstanceOfSatisfying(
                        UploadProblem.class, p -> assertThat(p.status()).isEqualTo(413));
    }

    @ParameterizedTest
    @CsvSource({
        "protocol_version,2,Unknown protocol version.",
        "name,-x,The name of the project",
        "version,'',version:",
        "version,1.0/2,Not a version",
        "version,'1.0 ',Not a version",
        "version,newest,Not a version"
    })
    void read_badField_isNamed(String field, String value, String message) {
        assertProblem(message, () -> {
            List<String> fields = new ArrayList<>(List.of("name", "a", "version", "1"));
            int at = fields.indexOf(field);
            if (at >= 0) {
                fields.set(at + 1, value);
            } else {
                fields.addAll(List.of(field, value));
            }
            read(WHEEL, wheel("a", "1"), fields.toArray(new String[0]));
        });
    }

    @Test
    void read_noFile_isRefused() {
        assertProblem(
                "Upload payload does not have a file.",
                () -> UploadForm.read(
                        List.of(
                                part("name", "", "a".getBytes(StandardCharsets.UTF_8)),
                                part("version", "", new byte[] {'1'})),
                        new FileStore(directory.resolve("store")),
                        10));
    }

    private static void assertProblem(String message, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(UploadProblem.class).hasMessageContaining(message);
    }

    private UploadForm read(String filename, byte[] bytes, String... fields) throws Exception {
        return read(new FileStore(directory.resolve("store")), filename, bytes, fields);
    }

    private static UploadForm read(FileStore store, String filename, byte[] bytes, String... fields) throws Exception {
        return UploadForm.read(parts(filename, bytes, fields), store, 1 << 20);
    }

    private static List<UploadForm.Part> parts(String filename, byte[] bytes, String... fields) {
        List<UploadForm.Part> parts = new ArrayList<>();
        for (int i = 0; i < fields.length; i += 2) {
            parts.add(part(fields[i], "", fields[i + 1].getBytes(StandardCharsets.UTF_8)));
        }
        parts.add(part("content", filename, bytes));
        return parts;
    }

    private static UploadForm.Part part(String name, String filename, byte[] bytes) {
        return new UploadForm.Part() {
            @Override
            public String name() {
                return name;
            }

            @Override
            public String filename() {
                return filename;
            }

            @Override
            public InputStream open() {
                return new ByteArrayInputStream(bytes);
            }
        };
    }

    private static byte[] metadata(String name, String version, String headers) {
        return ("Metadata-Version: 2.1\nName: " + name + "\nVersion: " + version + "\n" + headers
                        + "\n\nName: not a header\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] wheel(String name, String version) {
        return wheel(name, version, HEADERS);
    }

    private static byte[] wheel(String name, String version, String headers) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            zip.putNextEntry(new ZipEntry("sample_project/__init__.py"));
            zip.putNextEntry(new ZipEntry("sample_project-1.0.dist-info/METADATA"));
            zip.write(metadata(name, version, headers));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] source(String name, String version) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GzipCompressorOutputStream(out))) {
            byte[] metadata = metadata(name, version, HEADERS);
            TarArchiveEntry entry = new TarArchiveEntry("sample_project-1.0/PKG-INFO");
            entry.setSize(metadata.length);
            tar.putArchiveEntry(entry);
            tar.write(metadata);
            tar.closeArchiveEntry();
        }
        return out.toByteArray();
    }
}
