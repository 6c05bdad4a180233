package dev.gatehouse.policy.document;

import dev.gatehouse.factor.FactorKind;
import dev.gatehouse.policy.rule.PolicyDefinition;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Reads and writes policies as TOML documents of format 1.
 *
 * <p>A document may extend a preset, or a document that was added with {@link #and}. All faults of a document are reported
 * at once, each with its place (a thousand at most); a document of more than 524,288 characters or 32 levels is refused.
 * Immutable and thread-safe.
 */
public final class PolicyDocuments {
    private static final PolicyDocuments STANDARD = new PolicyDocuments(true, Map.of(), kinds(List.of()));
    private static final PolicyDocuments BARE = new PolicyDocuments(false, Map.of(), kinds(List.of()));

    private final boolean presets;
    private final Map<String, Source> added;
    private final Map<String, FactorKind> kinds;

    private PolicyDocuments(boolean presets, Map<String, Source> added, Map<String, FactorKind> kinds) {
        this.presets = presets;
        this.added = Map.copyOf(added);
        this.kinds = Map.copyOf(kinds);
    }

    /** A document that others may extend; shipped if it is a preset of this library. */
    record Source(String file, String text, boolean shipped) {}

    /** The presets, and the factor kinds that are built in. */
    public static PolicyDocuments standard() {
        return STANDARD;
    }

    /** The factor kinds that are built in, and no preset: only what is added may be extended, whatever its name. */
    public static PolicyDocuments withoutPresets() {
        return BARE;
    }

    /** Also these kinds of factors may be named. */
    public PolicyDocuments factors(FactorKind... own) {
        Map<String, FactorKind> more = new HashMap<>(kinds);
        more.putAll(kinds(List.of(own)));
        return new PolicyDocuments(presets, added, more);
    }

    /**
     * Also this document may be extended, under its own name and revision.
     *
     * @param file the name under which its faults are reported
     * @param text the whole document; it is read, and its faults are reported, when a document that extends it is
     * @throws InvalidDocumentException if its name and revision cannot be read
     * @throws IllegalArgumentException if a preset or an added document has the same name and revision
     */
    public PolicyDocuments and(String file, String text) {
        String reference = new DocumentReader(this, file).reference(text);
        if (source(reference).isPresent()) {
            throw new IllegalArgumentException("text: '" + reference + "' exists already");
        }
        Map<String, Source> more = new HashMap<>(added);
        more.put(reference, new Source(file, text, false));
        return new PolicyDocuments(presets, more, kinds);
    }

    /**
     * Reads a document.
     *
     * @param file the name under which its faults are reported; nothing is opened
     * @param text the whole document
     * @throws InvalidDocumentException if it has errors; every finding is in it
     */
    public LoadedPolicy read(String file, String text) {
        return new DocumentReader(this, file).read(text);
    }

    /**
     * Reads a document from a file in UTF-8.
     *
     * @throws InvalidDocumentException if it has errors; every finding is in it
     * @throws IOException if the file cannot be read
     */
    public LoadedPolicy read(Path file) throws IOException {
        String name = String.valueOf(file.getFileName());
        // One more than is allowed is enough to see that it is too long.
        try (var in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(4 * Tree.LONGEST + 1);
            if (bytes.length > 4 * Tree.LONGEST) {
                throw DocumentReader.notToml(Tree.TOO_LONG, Position.start(name));
            }
            return read(name, decode(name, bytes));
        }
    }

    private static String decode(String file, byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(in).toString();
        } catch (CharacterCodingException e) {
            String before = new String(bytes, 0, in.position(), StandardCharsets.UTF_8);
            int line = (int) before.chars().filter(c -> c == '\n').count() + 1;
            int start = before.lastIndexOf('\n') + 1;
            throw DocumentReader.notToml(
                    "not in UTF-8", new Position(file, line, before.codePointCount(start, before.length()) + 1));
        }
    }

    /**
     * Reads a preset or an added document by its name and revision, as {@code pypi/1}.
     *
     * @throws IllegalArgumentException if there is none
     * @throws InvalidDocumentException if it has errors
     */
    public LoadedPolicy preset(String name) {
        Source source = source(Objects.requireNonNull(name, "name"))
                .orElseThrow(() -> new IllegalArgumentException("name: no such preset or revision '" + name + "'"));
        return new DocumentReader(this, source.file()).read(source);
    }

    /**
     * Writes a definition as a document of its own, with everything it inherited.
     *
     * <p>The document does not extend anything; what the definition was made from stays under {@code lineage}. Read again, by
     * a reader that knows its factor kinds, it gives an equal definition.
     *
     * @throws IllegalArgumentException if the definition has errors
     */
    public static String write(PolicyDefinition definition) {
        return new PolicyWriter().write(definition);
    }

    Optional<Source> source(String reference) {
        Source source = added.get(reference);
        if (source == null && presets && Presets.names().contains(reference)) {
            source = new Source(reference, Presets.text(reference), true);
        }
        return Optional.ofNullable(source);
    }

    Map<String, FactorKind> kinds() {
        return kinds;
    }

    private static Map<String, FactorKind> kinds(List<FactorKind> own) {
        Map<String, FactorKind> map = new HashMap<>();
        FactorKind.builtIn().forEach(kind -> map.put(kind.id(), kind));
        own.forEach(kind -> map.put(kind.id(), kind));
        return map;
    }
}
