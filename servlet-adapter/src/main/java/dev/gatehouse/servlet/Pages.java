package dev.gatehouse.servlet;

import dev.gatehouse.policy.rule.Remedy;
import java.net.URI;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a person takes each step out of a refusal: the page of the host, by remedy.
 *
 * <p>A browser is sent there; other clients are told the address. A remedy without a page is answered with the text alone.
 * Immutable and thread-safe.
 */
public final class Pages {
    private final String base;
    private final Map<Remedy, String> paths;

    private Pages(String base, Map<Remedy, String> paths) {
        this.base = base;
        this.paths = paths;
    }

    /** No pages. */
    public static Pages none() {
        return new Pages("", Map.of());
    }

    /**
     * Pages of an index with this address, such as {@code https://pypi.org}; it begins the links in texts.
     *
     * <p>Without it links are paths: the {@code Host} of a request is not trusted to say where the index is.
     *
     * @throws IllegalArgumentException if it is not an http or https address without path
     */
    public static Pages at(String address) {
        URI uri = URI.create(address);
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || !uri.getRawPath().isEmpty() || uri.getRawQuery() != null) {
            throw new IllegalArgumentException("address: '" + address + "' is not such as https://example.org");
        }
        return new Pages(address, Map.of());
    }

    /**
     * Also this page for the remedy.
     *
     * @param path within the application, without the context path
     * @throws IllegalArgumentException if it is not a safe path, see {@link ReturnPath}
     */
    public Pages page(Remedy remedy, String path) {
        if (ReturnPath.parse(path).isEmpty()) {
            throw new IllegalArgumentException("path: '" + path + "' is not a path within the application");
        }
        Map<Remedy, String> more = new EnumMap<>(Remedy.class);
        more.putAll(paths);
        more.put(Objects.requireNonNull(remedy, "remedy"), path);
        return new Pages(base, Map.copyOf(more));
    }

    @Nullable
    String path(Remedy remedy) {
        return paths.get(remedy);
    }

    /** The page as a link for a text. */
    @Nullable
    String link(Remedy remedy, String contextPath) {
        String path = paths.get(remedy);
        return path == null ? null : base + contextPath + path;
    }

    @Override
    public String toString() {
        return base + paths;
    }
}
