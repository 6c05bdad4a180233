package dev.gatehouse.example.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipParameters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourceArchiveTest {
    private static final int MIB = 1 << 20;
    private static final byte[] METADATA = "Name: a\nVersion: 1\n".getBytes(StandardCharsets.UTF_8);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(ints = {TarArchiveOutputStream.LONGFILE_GNU, TarArchiveOutputStream.LONGFILE_POSIX})
    void metadata_behindLongNamesAndAttributes_isFound(int longNames) throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(out)) {
            tar.setLongFileMode(longNames);
            for (int i = 0; i < 30; i++) {
                TarArchiveEntry entry = new TarArchiveEntry("a-1/" + "directory/".repeat(400) + i);
                entry.setSize(1);
                entry.addPaxHeader("SCHILY.xattr.user.note", "x".repeat(20_000));
                tar.putArchiveEntry(entry);
                tar.write('x');
                tar.closeArchiveEntry();
            }
            TarArchiveEntry entry = new TarArchiveEntry("a-1/PKG-INFO");
            entry.setSize(METADATA.length);
            tar.putArchiveEntry(entry);
            tar.write(METADATA);
            tar.closeArchiveEntry();
        }

        assertThat(SourceArchive.metadata(new ByteArrayInputStream(out.toByteArray())))
                .contains(new String(METADATA, StandardCharsets.UTF_8));
    }

    @Test
    void metadata_inTheFormatOfGnu_isFound() throws Exception {
        byte[] archive = entry("a-1/PKG-INFO", '0', new String(METADATA, StandardCharsets.US_ASCII));
        byte[] magic = "ustar  \0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(magic, 0, archive, TarConstants.MAGIC_OFFSET, magic.length);

        assertThat(SourceArchive.metadata(new ByteArrayInputStream(archive))).isPresent();
    }

    @Test
    void metadata_nowhere_isEmpty() throws Exception {
        assertThat(SourceArchive.metadata(new ByteArrayInputStream(entry("a-1/b", '0', "c"))))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(chars = {'L', 'K', 'x', 'g'})
    void metadata_headerThatGoesOn_isRefusedWithoutBeingHeld(char type) throws IOException {
        byte[] value =
                type == 'L' || type == 'K' ? new byte[0] : (64 * MIB + " path=").getBytes(StandardCharsets.US_ASCII);
        Counted archive = new Counted(List.of(
                new ByteArrayInputStream(header("././@LongLink", type, 64L * MIB)),
                new ByteArrayInputStream(value),
                new Zeros(64L * MIB)));

        assertRefused(archive, "the header of an entry is longer than 64 KiB");
        assertThat(archive.read).isLessThan(MIB);
    }

    @Test
    void metadata_unpackedToMoreThanTheLimit_isRefusedAtTheLimit() throws IOException {
        long half = SourceArchive.MOST_UNPACKED / 2;
        Counted archive = new Counted(List.of(
                new ByteArrayInputStream(header("a-1/zeros", '0', half)),
                new Zeros(half),
                new ByteArrayInputStream(header("a-1/more-zeros", '0', 4 * half)),
                new Zeros(4 * half)));

        assertRefused(archive, "it unpacks to more than 1 GiB");
        assertThat(archive.read).isLessThan(SourceArchive.MOST_UNPACKED + MIB);
    }

    @Test
    void metadata_behindAHole_isRefusedBeforeTheHoleIsRead() throws IOException {
        byte[] hole = entry(
                "attributes", 'x', record("GNU.sparse.size", "2147483647") + record("GNU.sparse.map", "2147483647,0"));
        Counted archive = new Counted(
                List.of(new ByteArrayInputStream(hole), new ByteArrayInputStream(entry("a-1/hole", '0', ""))));

        assertRefused(archive, "a file in it has holes");
    }

    @Test
    void metadata_attributesForAllEntriesThatGrow_areRefused() {
        List<InputStream> entries = IntStream.range(0, 1000)
                .mapToObj(i -> new ByteArrayInputStream(
                        i % 2 == 0
                                ? entry(
                                        "attributes",
                                        'g',
                                        IntStream.range(0, 1000)
                                                .mapToObj(j -> record("a" + i + "-" + j, "v"))
                                                .collect(Collectors.joining()))
                                : entry("a-1/b", '0', "")))
                .map(InputStream.class::cast)
                .toList();

        assertRefused(new Counted(entries), "too many attributes");
    }

    @Test
    void metadata_holesForAllEntriesThatGrow_areRefused() {
        byte[] holes = entry(
                "attributes",
                'g',
                (record("GNU.sparse.offset", "0") + record("GNU.sparse.numbytes", "0")).repeat(1000));
        Counted archive = new Counted(
                List.of(new ByteArrayInputStream(holes), new ByteArrayInputStream(entry("a-1/b", '0', ""))));

        assertRefused(archive, "too many attributes");
    }

    @Test
    void metadata_headersThatGoOnTogether_areRefused() {
        byte[] attributes = entry("attributes", 'x', record("SCHILY.xattr.user.note", "x".repeat(60_000)));
        List<InputStream> entries = IntStream.range(0, 6000)
                .mapToObj(
                        i -> (InputStream) new ByteArrayInputStream(i % 2 == 0 ? attributes : entry("a-1/b", '0', "")))
                .toList();

        assertRefused(new Counted(entries), "the headers of its entries are longer than 128 MiB");
    }

    @Test
    void metadata_gzipHeaderThatGoesOn_isRefused() throws IOException {
        GzipParameters parameters = new GzipParameters();
        parameters.setFileName("n".repeat(MIB));
        Path file = directory.resolve("a-1.tar.gz");
        try (OutputStream out = new GzipCompressorOutputStream(Files.newOutputStream(file), parameters)) {
            out.write(entry("a-1/PKG-INFO", '0', "Name: a\nVersion: 1\n"));
        }

        assertThatThrownBy(() -> Artefact.read(file, "a-1.tar.gz"))
                .isInstanceOf(UploadProblem.class)
                .hasMessage("Invalid distribution file: its gzip header is longer than 64 KiB.");
    }

    @Test
    void read_headerThatGoesOn_is400() throws IOException {
        Path file = directory.resolve("a-1.tar.gz");
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
            out.write(header("././@LongLink", 'L', 64L * MIB));
            new Zeros(64L * MIB).transferTo(out);
        }

        assertThatThrownBy(() -> Artefact.read(file, "a-1.tar.gz"))
                .isInstanceOfSatisfying(
                        UploadProblem.class,
                        problem -> assertThat(problem.status()).isEqualTo(400))
                .hasMessage("Invalid distribution file: the header of an entry is longer than 64 KiB.");
    }

    private static void assertRefused(InputStream archive, String why) {
        assertThatThrownBy(() -> SourceArchive.metadata(archive)).satisfies(thrown -> {
            Throwable problem = thrown instanceof Metered.SpentException spent ? spent.problem() : thrown;
            assertThat(problem).isInstanceOf(UploadProblem.class).hasMessageContaining(why);
        });
    }

    /** A record of attributes begins with its own length. */
    private static String record(String name, String value) {
        int length = name.length() + value.length() + 3;
        int digits =
                Integer.toString(length + Integer.toString(length).length()).length();
        return (length + digits) + " " + name + "=" + value + "\n";
    }

    private static byte[] header(String name, char type, long size) {
        TarArchiveEntry entry = new TarArchiveEntry(name, (byte) type);
        entry.setSize(size);
        byte[] header = new byte[TarConstants.DEFAULT_RCDSIZE];
        entry.writeEntryHeader(header);
        return header;
    }

    private static byte[] entry(String name, char type, String content) {
        byte[] bytes = content.getBytes(StandardCharsets.US_ASCII);
        int padded = (bytes.length + TarConstants.DEFAULT_RCDSIZE - 1) / TarConstants.DEFAULT_RCDSIZE;
        byte[] header = header(name, type, bytes.length);
        byte[] all = Arrays.copyOf(header, header.length + padded * TarConstants.DEFAULT_RCDSIZE);
        System.arraycopy(bytes, 0, all, header.length, bytes.length);
        return all;
    }

    /** Counts what is taken of an archive. */
    private static final class Counted extends FilterInputStream {
        private long read;

        Counted(List<? extends InputStream> parts) {
            super(new SequenceInputStream(Collections.enumeration(parts)));
        }

        @Override
        public int read() throws IOException {
            int value = super.read();
            read += value < 0 ? 0 : 1;
            return value;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = super.read(bytes, offset, length);
            read += Math.max(0, count);
            return count;
        }

        @Override
        public long skip(long bytes) throws IOException {
            long count = super.skip(bytes);
            read += count;
            return count;
        }
    }

    /** Zeros that nobody has to hold. */
    private static final class Zeros extends InputStream {
        private long left;

        Zeros(long left) {
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? 0 : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            int count = (int) Math.min(left, length);
            Arrays.fill(bytes, offset, offset + count, (byte) 0);
            left -= count;
            return count == 0 && length > 0 ? -1 : count;
        }
    }
}
