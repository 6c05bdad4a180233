package dev.gatehouse.example;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** Starts the package index. */
public final class PackageIndex {
    private PackageIndex() {}

    /**
     * Runs the index until the process is ended.
     *
     * @param args the options
     */
    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Options options;
        IndexServer server;
        try {
            options = Options.parse(List.of(args), System.getenv("SMTP_PASSWORD"));
            if (options.command().isPresent()) {
                BreakGlass.run(options, options.command().get(), InstantSource.system(), out);
                return;
            }
            server = IndexServer.start(options, clock(options), out);
        } catch (Options.InvalidOptionsException e) {
            out.println(e.getMessage());
            out.println();
            out.println(Options.USAGE);
            throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "shutdown"));
        out.println("The index is ready: " + server.address() + "/");
        server.join();
    }

    /** The system's clock, or one that began at the instant asked for when the index was started. */
    private static InstantSource clock(Options options) {
        InstantSource system = InstantSource.system();
        return options.at()
                .map(start -> InstantSource.offset(system, between(system.instant(), start)))
                .orElse(system);
    }

    private static Duration between(Instant now, Instant start) {
        return Duration.between(now, start);
    }
}
