package dev.gatehouse.servlet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The templates of a layout as a tree of segments; a look-up allocates nothing. */
final class RouteTree implements IndexLayout {
    private final Node root;
    private final Set<String> overrides;

    private RouteTree(Node root, Set<String> overrides) {
        this.root = root;
        this.overrides = overrides;
    }

    @Override
    public Route route(String method, String path) {
        if (path.isEmpty() || path.charAt(0) != '/') {
            return Route.unmapped();
        }
        Node node = root.find(path, 1);
        return node == null ? Route.unmapped() : node.route(method);
    }

    @Override
    public boolean lists(String path) {
        Node node = root;
        int start = 1;
        while (start <= path.length()) {
            int end = end(path, start);
            if (end == start && end == path.length()) {
                break;
            }
            if (node.subtree != null) {
                return true;
            }
            Node next = node.literal(path, start, end);
            if (next == null) {
                next = node.variable;
            }
            if (next == null) {
                return false;
            }
            node = next;
            start = end + 1;
        }
        return true;
    }

    @Override
    public boolean allowsMethodOverride(String path) {
        return overrides.contains(path);
    }

    private static int end(String path, int start) {
        int end = path.indexOf('/', start);
        return end < 0 ? path.length() : end;
    }

    /**
     * One place in the tree. Its children are in an open table by the length and the ends of their texts, so that mostly one is
     * compared, without cutting it out.
     */
    private static final class Node {
        private final @Nullable String[] texts;
        private final @Nullable Node[] nodes;
        private final int shift;
        private final @Nullable Node variable;
        private final @Nullable Node subtree;
        private final String[] methods;
        private final Route[] routes;

        Node(Builder.Draft draft) {
            int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * draft.children.size() + 1);
            this.texts = new @Nullable String[1 << bits];
            this.nodes = new @Nullable Node[1 << bits];
            this.shift = Integer.SIZE - bits;
            draft.children.forEach((text, child) -> {
                int slot = slot(text, 0, text.length());
                while (texts[slot] != null) {
                    slot = next(slot);
                }
                texts[slot] = text;
                nodes[slot] = new Node(child);
            });
            this.variable = draft.variable == null ? null : new Node(draft.variable);
            this.subtree = draft.subtree == null ? null : new Node(draft.subtree);
            this.methods = draft.routes.keySet().toArray(new String[0]);
            this.routes = draft.routes.values().toArray(new Route[0]);
        }

        /** The most specific node with routes for the rest of the path from {@code start}: literal, variable, subtree. */
        @Nullable
        Node find(String path, int start) {
            int end = end(path, start);
            Node next = literal(path, start, end);
            Node found = next == null ? null : next.beyond(path, end);
            if (found == null && variable != null && end > start) {
                found = variable.beyond(path, end);
            }
            return found != null ? found : subtree;
        }

        private @Nullable Node beyond(String path, int end) {
            return end < path.length() ? find(path, end + 1) : methods.length > 0 ? this : null;
        }

        @Nullable
        Node literal(String path, int start, int end) {
            int slot = slot(path, start, end);
            String text = texts[slot];
            while (text != null) {
                if (text.length() == end - start && path.startsWith(text, start)) {
                    return nodes[slot];
                }
                slot = next(slot);
                text = texts[slot];
            }
            return null;
        }

        private int slot(String path, int start, int end) {
            int ends = start == end ? 0 : path.charAt(start) * 31 + path.charAt(end - 1);
            return ((ends * 31 + end - start) * 0x9e3779b9) >>> shift;
        }

        private int next(int slot) {
            return (slot + 1) & (texts.length - 1);
        }

        Route route(String method) {
            for (int i = 0; i < methods.length; i++) {
                if (methods[i].equals(method)) {
                    return routes[i];
                }
            }
            return Route.unmapped();
        }
    }

    static final class Builder {
        private final Draft root = new Draft();

        private static final class Draft {
            final Map<String, Draft> children = new LinkedHashMap<>();
            final Map<String, Route> routes = new LinkedHashMap<>();

            @Nullable
            Draft variable;

            @Nullable
            Draft subtree;
        }

        void add(String method, String template, Route route) {
            Draft at = root;
            Route placed = route;
            List<String> segments = segments(template);
            for (int i = 0; i < segments.size(); i++) {
                String segment = segments.get(i);
                if (segment.equals("**")) {
                    if (i < segments.size() - 1) {
                        throw new IllegalArgumentException("template: ** stands last in '" + template + "'");
                    }
                    at = at.subtree = at.subtree == null ? new Draft() : at.subtree;
                } else if (segment.startsWith("{") && segment.endsWith("}")) {
                    if (segment.equals("{project}")) {
                        placed = placed.projectAt(i);
                    }
                    at = at.variable = at.variable == null ? new Draft() : at.variable;
                } else if (segment.indexOf('{') >= 0 || segment.indexOf('*') >= 0) {
                    throw new IllegalArgumentException(
                            "template: segment '" + segment + "' is neither text nor {name}");
                } else {
                    at = at.children.computeIfAbsent(segment, s -> new Draft());
                }
            }
            at.routes.put(method, placed);
        }

        private static List<String> segments(String template) {
            if (!template.startsWith("/")) {
                throw new IllegalArgumentException("template: '" + template + "' does not begin with /");
            }
            List<String> segments = new ArrayList<>();
            int start = 1;
            for (int end = end(template, start); end < template.length(); end = end(template, start)) {
                segments.add(template.substring(start, end));
                start = end + 1;
            }
            segments.add(template.substring(start));
            if (segments.subList(0, segments.size() - 1).contains("")
                    || segments.contains(".")
                    || segments.contains("..")) {
                throw new IllegalArgumentException("template: '" + template + "' has an empty or dot segment");
            }
            return segments;
        }

        RouteTree build(Set<String> overrides) {
            return new RouteTree(new Node(root), Set.copyOf(overrides));
        }
    }
}
