package dev.gatehouse.example.index;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an upload's form says and its bytes prove: digests are checked, names are those of the artefact's own metadata.
 *
 * @param name the project
 * @param version as written
 * @param filename checked to be a plain name of this project and version
 * @param packagetype {@code bdist_wheel} or {@code sdist}
 * @param summary one line, perhaps empty
 * @param requiresPythonOrNull the versions of the interpreter it runs on
 * @param size in bytes
 * @param sha256 lower-case hex
 */
public record UploadedFile(
        ProjectName name,
        String version,
        String filename,
        String packagetype,
        String summary,
        @Nullable String requiresPythonOrNull,
        long size,
        String sha256) {
    public Optional<String> requiresPython() {
        return Optional.ofNullable(requiresPythonOrNull);
    }
}
