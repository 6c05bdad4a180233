package dev.gatehouse.example.story;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The real {@code twine} and {@code pip}, with an empty home so that nobody's configuration counts. */
final class Clients {
    private static final int SECONDS = 90;

    private final Path home;

    Clients(Path home) {
        this.home = home;
    }

    /** What a program printed, and how it ended. */
    record Run(int exit, String output) {}

    /** Skips the test, with a word, where the clients are not there; fails where they must be. */
    static void require(Path home) throws Exception {
        for (String client : List.of("twine", "pip")) {
            boolean there;
            try {
                there = new Clients(home).run(client, "--version").exit() == 0;
            } catch (IOException e) {
                there = false;
            }
            if (Boolean.getBoolean("clients.required")) {
                assertThat(there).as("%s is needed and not there", client).isTrue();
            }
            assumeTrue(there, client + " is not installed");
        }
    }

    Run twine(Index index, String user, String password, Path file) throws Exception {
        return run(
                "twine",
                "upload",
                "--non-interactive",
                "--disable-progress-bar",
                "--repository-url",
                index.address() + "/legacy/",
                "--username",
                user,
                "--password",
                password,
                file.toString());
    }

    /** Downloads a project, and gives the one file that came. */
    byte[] download(Index index, String project, Path into) throws Exception {
        Run run = run(
                "pip",
                "download",
                "--no-deps",
                "--no-cache-dir",
                "--disable-pip-version-check",
                "--index-url",
                index.address() + "/simple/",
                "--dest",
                into.toString(),
                project);
        assertThat(run.exit()).as(run.output()).isZero();
        try (var files = Files.list(into)) {
            return Files.readAllBytes(files.findFirst().orElseThrow());
        }
    }

    Run run(String... command) throws IOException, InterruptedException {
        Files.createDirectories(home);
        Path output = Files.createTempFile(home, "output", ".txt");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(List.of(command)));
        Map<String, String> environment = builder.environment();
        environment
                .keySet()
                .removeIf(name -> name.startsWith("TWINE_")
                        || name.startsWith("PIP_")
                        || name.toLowerCase(java.util.Locale.ROOT).endsWith("_proxy"));
        environment.put("HOME", home.toString());
        environment.put("XDG_CONFIG_HOME", home.toString());
        environment.put("PIP_CONFIG_FILE", "/dev/null");
        environment.put("PYTHON_KEYRING_BACKEND", "keyring.backends.null.Keyring");
        environment.put("PYTHONIOENCODING", "utf-8");
        environment.put("COLUMNS", "400");
        environment.put("NO_COLOR", "1");
        Process process = builder.redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                .start();
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command[0] + " does not end: " + Files.readString(output));
        }
        return new Run(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
    }
}
