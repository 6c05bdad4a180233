package dev.gatehouse.policy.document;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.tomlj.Toml;
import org.tomlj.TomlArray;
import org.tomlj.TomlParseError;
import org.tomlj.TomlParseResult;
import org.tomlj.TomlPosition;
import org.tomlj.TomlTable;

/** Parses TOML into {@link Node}s, within limits of size and nesting. */
final class Tree {
    /** Characters of a document at most: room for more than a thousand requirements. */
    static final int LONGEST = 1 << 19;

    static final String TOO_LONG = "the document is longer than " + LONGEST + " characters";
    /** Levels of tables and arrays at most; the deepest key of the language is at nine. */
    static final int DEEPEST = 32;

    private static final String FORMAT_KEY = "gatehouse-policy";

    private final String file;

    private Tree(String file) {
        this.file = file;
    }

    /** A text that is not what a document must be. */
    static final class NotToml extends Exception {
        private static final long serialVersionUID = 1L;
        private final transient Position at;
        private final transient @Nullable Node format;

        NotToml(String text, Position at, @Nullable Node format) {
            super(text, null, false, false);
            this.at = at;
            this.format = format;
        }

        Position at() {
            return at;
        }

        /** The format of the document, if that much could be read. */
        @Nullable
        Node format() {
            return format;
        }
    }

    static Node.Table parse(String file, String text) throws NotToml {
        Tree tree = new Tree(file);
        if (text.length() > LONGEST) {
            throw tree.refuse(TOO_LONG, 1, 1);
        }
        // A byte order mark is how some editors begin a file; it is no part of the text.
        String body = text.startsWith("\uFEFF") ? text.substring(1) : text;
        new Brackets(tree, body).check();
        TomlParseResult result;
        try {
            result = Toml.parse(body);
        } catch (StackOverflowError e) {
            throw tree.refuse("nested deeper than " + DEEPEST + " levels", 1, 1);
        } catch (RuntimeException | AssertionError e) {
            // What the parser does with a text for which it has no message must not reach whoever reads a document.
            throw tree.refuse("the parser gave up", 1, 1);
        }
        if (result.hasErrors()) {
            TomlParseError first = result.errors().get(0);
            TomlPosition at = first.position();
            Object format = result.get(List.of(FORMAT_KEY));
            throw new NotToml(
                    String.valueOf(first.getMessage()),
                    new Position(file, at.line(), at.column()),
                    format == null ? null : new Node.Scalar(tree.place(result, FORMAT_KEY), format));
        }
        return tree.table(result, Position.start(file), 0);
    }

    NotToml refuse(String text, int line, int column) {
        return new NotToml(text, new Position(file, line, column), null);
    }

    private Position place(TomlTable table, String key) {
        TomlPosition at = table.inputPositionOf(List.of(key));
        return at == null ? Position.start(file) : new Position(file, at.line(), at.column());
    }

    private Node.Table table(TomlTable table, Position at, int depth) throws NotToml {
        List<String> keys = new ArrayList<>(table.keySet());
        keys.sort(Comparator.comparing((String key) -> place(table, key).line())
                .thenComparing(key -> place(table, key).column()));
        Map<String, Node> entries = new LinkedHashMap<>();
        for (String key : keys) {
            Position place = place(table, key);
            Object value = table.get(List.of(key));
            // A quoted key with dots is the same name as the dotted key.
            String[] parts = key.split("\\.", -1);
            tooDeep(depth + parts.length, place);
            Map<String, Node> into = entries;
            for (int i = 0; i < parts.length - 1; i++) {
                Node inner = into.computeIfAbsent(parts[i], k -> new Node.Table(place, new LinkedHashMap<>()));
                if (!(inner instanceof Node.Table innerTable)) {
                    throw defined(parts[i], inner.at(), place);
                }
                into = innerTable.entries();
            }
            put(into, parts[parts.length - 1], node(value, place, depth + parts.length));
        }
        return new Node.Table(at, entries);
    }

    private void put(Map<String, Node> into, String key, Node value) throws NotToml {
        Node known = into.get(key);
        if (known == null) {
            into.put(key, value);
        } else if (known instanceof Node.Table old && value instanceof Node.Table more) {
            for (Map.Entry<String, Node> entry : more.entries().entrySet()) {
                put(old.entries(), entry.getKey(), entry.getValue());
            }
        } else {
            throw defined(key, known.at(), value.at());
        }
    }

    private NotToml defined(String key, Position first, Position second) {
        return refuse(
                key + " previously defined at line " + first.line() + ", column " + first.column(),
                second.line(),
                second.column());
    }

    private Node node(@Nullable Object value, Position at, int depth) throws NotToml {
        if (value instanceof TomlTable table) {
            return table(table, at, depth);
        }
        if (value instanceof TomlArray array) {
            List<Node> items = new ArrayList<>(array.size());
            for (int i = 0; i < array.size(); i++) {
                items.add(element(array.get(i), at, depth + 1));
            }
            return new Node.Items(at, items);
        }
        return new Node.Scalar(at, value == null ? "" : value);
    }

    /** The parser gives an element the place of the separator before it: the first key is nearer to the fault. */
    private Node element(Object value, Position array, int depth) throws NotToml {
        tooDeep(depth, array);
        Node node = node(value, array, depth);
        if (node instanceof Node.Table table && !table.entries().isEmpty()) {
            return new Node.Table(table.entries().values().iterator().next().at(), table.entries());
        }
        return node;
    }

    private void tooDeep(int depth, Position at) throws NotToml {
        if (depth > DEEPEST) {
            throw refuse("nested deeper than " + DEEPEST + " levels", at.line(), at.column());
        }
    }
}
