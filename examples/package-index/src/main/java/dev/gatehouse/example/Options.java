package dev.gatehouse.example;

import dev.gatehouse.webauthn.CoseAlgorithm;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How the index is started. Immutable; {@link #parse} reads a command line. */
public final class Options {
    static final String USAGE = """
        Options:
          --port N               port to listen on; 0 takes a free one (8080)
          --host ADDRESS         address to bind (localhost, and nobody else can reach it)
          --base-url URL         the address that people use, such as https://index.example.org
          --data DIRECTORY       where accounts, projects and files are kept (~/.gatehouse-index)
          --policy NAME|FILE     a shipped policy such as pypi or testpypi, or a policy document (pypi)
          --smtp-host HOST       send mail through this server; without it mail is kept in an outbox page
          --smtp-port N          (25)
          --smtp-user NAME       the password is read from the environment, SMTP_PASSWORD
          --smtp-starttls        refuse to send without TLS
          --mail-from ADDRESS    (noreply@localhost)
          --at INSTANT           start the clock there, such as 2023-12-20T12:00:00Z; only on this machine
          --key-algorithms LIST  what new security keys may sign with, the best first, such as ES256,EDDSA
          --demo                 make two accounts and print their secrets, play build services; only on this machine
        Commands, while the index is not running:
          --break-glass USER     remove every second factor of an account that lost the last one
          --make-admin USER      let an account flip switches and give waivers
        """;

    private final int port;
    private final String host;
    private final @Nullable URI baseUrl;
    private final Path data;
    private final String policy;
    private final @Nullable Instant at;
    private final boolean demo;
    private final List<CoseAlgorithm> keyAlgorithms;
    private final @Nullable Smtp smtp;
    private final @Nullable Command command;

    private Options(Reader r) {
        this.port = r.port;
        this.host = r.host;
        this.baseUrl = r.baseUrl;
        this.data = r.data;
        this.policy = r.policy;
        this.at = r.at;
        this.demo = r.demo;
        this.keyAlgorithms = List.copyOf(r.keyAlgorithms);
        this.smtp = r.smtpHost == null
                ? null
                : new Smtp(r.smtpHost, r.smtpPort, r.smtpUser, r.smtpPassword, r.startTls, r.mailFrom);
        this.command = r.command;
    }

    /** A mail server. */
    public record Smtp(
            String host,
            int port,
            @Nullable String user,
            @Nullable String password,
            boolean startTls,
            String from) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /** Something to do instead of serving. */
    public record Command(Kind kind, String user) {
        /** What to do. */
        public enum Kind {
            BREAK_GLASS,
            MAKE_ADMIN
        }
    }

    /** Thrown for a command line that makes no sense, or that would be unsafe. */
    public static final class InvalidOptionsException extends Exception {
        private static final long serialVersionUID = 1L;

        InvalidOptionsException(String message) {
            super(message);
        }
    }

    /**
     * Reads a command line.
     *
     * @param smtpPassword the password for the mail server, which has no place on a command line
     */
    public static Options parse(List<String> args, @Nullable String smtpPassword) throws InvalidOptionsException {
        Reader reader = new Reader();
        reader.smtpPassword = smtpPassword;
        List<String> rest = new ArrayList<>(args);
        while (!rest.isEmpty()) {
            reader.take(rest);
        }
        return reader.check();
    }

    public int port() {
        return port;
    }

    public String host() {
        return host;
    }

    /** The address that people use, if it is not the one of this machine. */
    public Optional<URI> baseUrl() {
        return Optional.ofNullable(baseUrl);
    }

    public Path data() {
        return data;
    }

    public String policy() {
        return policy;
    }

    /** Where the clock starts, if not now. */
    public Optional<Instant> at() {
        return Optional.ofNullable(at);
    }

    public boolean demo() {
        return demo;
    }

    /** What new security keys may sign with; empty for what the library takes. */
    public List<CoseAlgorithm> keyAlgorithms() {
        return keyAlgorithms;
    }

    public Optional<Smtp> smtp() {
        return Optional.ofNullable(smtp);
    }

    public Optional<Command> command() {
        return Optional.ofNullable(command);
    }

    /** Whether secrets are shown to whoever sits at this machine: mails, codes of demonstration accounts, a set clock. */
    public boolean isDemonstration() {
        return demo || at != null || smtp == null;
    }

    private static final class Reader {
        private int port = 8080;
        private String host = "localhost";
        private @Nullable URI baseUrl;
        private Path data = Path.of(System.getProperty("user.home", "."), ".gatehouse-index");
        private String policy = "pypi";
        private @Nullable Instant at;
        private boolean demo;
        private List<CoseAlgorithm> keyAlgorithms = List.of();
        private @Nullable String smtpHost;
        private int smtpPort = 25;
        private @Nullable String smtpUser;
        private @Nullable String smtpPassword;
        private boolean startTls;
        private String mailFrom = "noreply@localhost";
        private @Nullable Command command;

        void take(List<String> rest) throws InvalidOptionsException {
            String option = rest.remove(0);
            switch (option) {
                case "--demo" -> demo = true;
                case "--smtp-starttls" -> startTls = true;
                default -> {
                    if (!option.startsWith("--")) {
                        throw new InvalidOptionsException("not an option: " + option);
                    }
                    if (rest.isEmpty()) {
                        throw new InvalidOptionsException(option + " needs a value, or is not an option");
                    }
                    value(option, rest.remove(0));
                }
            }
        }

        private void value(String option, String value) throws InvalidOptionsException {
            switch (option) {
                case "--port" -> port = number(option, value, 0);
                case "--host" -> host = value;
                case "--base-url" -> baseUrl = address(value);
                case "--data" -> data = Path.of(value);
                case "--policy" -> policy = value;
                case "--key-algorithms" -> keyAlgorithms = algorithms(value);
                case "--at" -> at = instant(value);
                case "--smtp-host" -> smtpHost = value;
                case "--smtp-port" -> smtpPort = number(option, value, 1);
                case "--smtp-user" -> smtpUser = value;
                case "--mail-from" -> mailFrom = value;
                case "--break-glass" -> command = new Command(Command.Kind.BREAK_GLASS, value);
                case "--make-admin" -> command = new Command(Command.Kind.MAKE_ADMIN, value);
                default -> throw new InvalidOptionsException("not an option: " + option);
            }
        }

        private static List<CoseAlgorithm> algorithms(String value) throws InvalidOptionsException {
            try {
                return Stream.of(value.split(",", -1))
                        .map(CoseAlgorithm::valueOf)
                        .distinct()
                        .toList();
            } catch (IllegalArgumentException e) {
                throw new InvalidOptionsException("--key-algorithms needs names such as ES256,EDDSA,RS256");
            }
        }

        private static int number(String option, String value, int least) throws InvalidOptionsException {
            if (!value.matches("[0-9]{1,5}") || Integer.parseInt(value) > 65_535 || Integer.parseInt(value) < least) {
                throw new InvalidOptionsException(option + " needs a number from " + least + " to 65535");
            }
            return Integer.parseInt(value);
        }

        private static URI address(String value) throws InvalidOptionsException {
            try {
                URI uri = URI.create(value);
                boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
                if (web && uri.getHost() != null && uri.getRawPath().isEmpty() && uri.getRawQuery() == null) {
                    return uri;
                }
            } catch (IllegalArgumentException e) {
                // Told below, like any other address that is none.
            }
            throw new InvalidOptionsException(
                    "--base-url needs an address without a path, such as https://example.org");
        }

        private static Instant instant(String value) throws InvalidOptionsException {
            try {
                return Instant.parse(value.length() == 10 ? value + "T12:00:00Z" : value);
            } catch (DateTimeException e) {
                throw new InvalidOptionsException("--at needs an instant, such as 2023-12-20T12:00:00Z");
            }
        }

        Options check() throws InvalidOptionsException {
            Options options = new Options(this);
            if (command != null) {
                return options;
            }
            boolean outside = !isLoopback(host) || (baseUrl != null && !isLoopback(baseUrl.getHost()));
            if (outside && options.isDemonstration()) {
                throw new InvalidOptionsException(
                        "with an address that others can reach, --demo and --at are refused and --smtp-host is needed:"
                                + " codes and mails are shown to whoever opens the pages");
            }
            if (outside && (baseUrl == null || !"https".equals(baseUrl.getScheme()))) {
                throw new InvalidOptionsException(
                        "with an address that others can reach, --base-url must be the https address that people use");
            }
            return options;
        }

        private static boolean isLoopback(String host) throws InvalidOptionsException {
            try {
                return InetAddress.getByName(host).isLoopbackAddress();
            } catch (UnknownHostException e) {
                throw new InvalidOptionsException("no such host: " + host);
            }
        }
    }
}
