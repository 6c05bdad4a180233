package dev.gatehouse.example.story;

import dev.gatehouse.example.IndexServer;
import dev.gatehouse.example.Options;
import dev.gatehouse.testkit.MutableClock;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A real index on a free port, whose clock stands still until the story moves it. */
public final class Index implements AutoCloseable {
    private final IndexServer server;
    private final MutableClock clock;
    private final ByteArrayOutputStream printed;

    private Index(IndexServer server, MutableClock clock, ByteArrayOutputStream printed) {
        this.server = server;
        this.clock = clock;
        this.printed = printed;
    }

    /** An index in this directory at this instant. */
    public static Index start(Path data, String at, String... options) throws Exception {
        List<String> all = new ArrayList<>(List.of("--port", "0", "--data", data.toString()));
        all.addAll(List.of(options));
        MutableClock clock = MutableClock.at(at);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        return new Index(IndexServer.start(Options.parse(all, null), clock, out), clock, printed);
    }

    public String address() {
        return server.address();
    }

    public MutableClock clock() {
        return clock;
    }

    public Instant now() {
        return clock.instant();
    }

    /** What was printed while it started. */
    public String printed() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    /** A browser that has not been here before. */
    public Browser browser() {
        return new Browser(address());
    }

    @Override
    public void close() {
        server.close();
    }
}
