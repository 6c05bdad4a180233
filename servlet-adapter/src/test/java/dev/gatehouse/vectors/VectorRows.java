package dev.gatehouse.vectors;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The rows of a section of a file of the shared vectors, and what a test did with each; where the file is missing, the test that
 * asks for them reports itself skipped.
 *
 * <p>What was done is kept below {@code target/vectors}, a file for each virtual machine, and read by the last module of the
 * build, which counts the rows of every file and wants each to have run, or to have been skipped for a reason. A section is
 * the way to an array in a file of JSON ({@code github/scenarios}); it is empty where the whole file is one, and {@code tests} in
 * Wycheproof's files, whose groups count as one. This file is in the tests of core and of the servlet adapter, the same.
 */
public final class VectorRows implements Iterable<JsonNode> {
    private static final String BUILD = System.getProperty("gatehouse.build", "none");
    private static final Path RECORDS = Path.of("target", "vectors");

    private final String file;
    private final String section;
    private final List<String> ran = new ArrayList<>();
    private int next;

    private VectorRows(String file, String section) {
        this.file = file;
        this.section = section;
    }

    public static VectorRows of(String file, String section) {
        assumeTrue(Files.exists(path(file)), "no vectors at " + path(file));
        return new VectorRows(file, section);
    }

    /** A file or folder of the vectors, which may be missing. */
    public static Path path(String file) {
        return Path.of(System.getProperty("gatehouse.vectors", "../../shared/vectors"), file);
    }

    /** A whole file of JSON. */
    public static JsonNode read(String file) {
        assumeTrue(Files.isRegularFile(path(file)), "no vectors at " + path(file));
        return JsonMapper.shared().readTree(path(file).toFile());
    }

    /** The section itself. */
    public JsonNode node() {
        JsonNode node = read(file).at(section.isEmpty() ? "" : "/" + section);
        if (node.isMissingNode()) {
            throw new IllegalStateException(file + " has no " + section);
        }
        return node;
    }

    /** Each row of the section; it counts as run as soon as it is taken. */
    @Override
    public Iterator<JsonNode> iterator() {
        Iterator<JsonNode> rows = node().iterator();
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public JsonNode next() {
                ran(next++);
                return rows.next();
            }
        };
    }

    /** A row runs; the name is any that no other row of the section has. */
    public void ran(Object row) {
        ran.add(row.toString());
    }

    /** How many ran. */
    public int count() {
        return ran.size();
    }

    /** Whatever ran was as it should be: called last. */
    public void passed() {
        if (ran.isEmpty()) {
            throw new IllegalStateException("no row of " + file + " " + section + " ran");
        }
        write(ran, "passed", "");
    }

    /** The row that ran last is judged differently here than by its source. */
    public void explained(String why) {
        explained(ran.get(ran.size() - 1), why);
    }

    public void explained(Object row, String why) {
        write(List.of(row.toString()), "explained", why);
    }

    /** A row that no test of this project can run. */
    public void skipped(Object row, String why) {
        write(List.of(row.toString()), "skipped", why);
    }

    private void write(List<String> rows, String what, String why) {
        List<String> lines = new ArrayList<>();
        for (String row : rows) {
            lines.add(String.join("\t", BUILD, file, section, plain(row), what, plain(why)));
        }
        synchronized (VectorRows.class) {
            try {
                Files.createDirectories(RECORDS);
                Path mine = RECORDS.resolve(ProcessHandle.current().pid() + ".tsv");
                if (!Files.exists(mine)) {
                    removeOtherBuilds();
                }
                Files.write(mine, lines, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** Another virtual machine of this build may be at the same. */
    private static void removeOtherBuilds() throws IOException {
        List<Path> records;
        try (Stream<Path> found = Files.list(RECORDS)) {
            records = found.toList();
        }
        for (Path record : records) {
            if (!Files.exists(record)) {
                continue;
            }
            try (Stream<String> lines = Files.lines(record)) {
                if (lines.findFirst().orElse(BUILD).startsWith(BUILD)) {
                    continue;
                }
            }
            Files.deleteIfExists(record);
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }
}
