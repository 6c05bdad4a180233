package dev.gatehouse.example.index;

import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One file of a release, as the simple API lists it. */
public record ReleaseFile(
        String filename,
        String version,
        String packagetype,
        @Nullable String requiresPythonOrNull,
        long size,
        String sha256,
        Instant uploaded) {
    public Optional<String> requiresPython() {
        return Optional.ofNullable(requiresPythonOrNull);
    }
}
