package dev.gatehouse.example;

import dev.gatehouse.example.web.Application;
import dev.gatehouse.example.web.Environment;
import dev.gatehouse.policy.rule.PolicyDefinition;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.MultipartConfigElement;
import jakarta.servlet.SessionTrackingMode;
import jakarta.servlet.http.HttpServlet;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ErrorHandler;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.SessionHandler;
import org.eclipse.jetty.http.HttpCookie;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.GracefulHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** The index, running in a Jetty of its own. */
public final class IndexServer implements AutoCloseable {
    /** How many requests are worked on at once. */
    static final int THREADS = 24;

    private static final int JETTYS_OWN_THREADS = 8;
    private static final int SHUTDOWN_IDLE_MILLIS = 50;
    private static final int STOP_MILLIS = 5_000;
    private static final int LARGEST_FORM = 64 * 1024;
    private static final int IN_MEMORY = 64 * 1024;

    private final Server server;
    private final Application application;
    private final Database database;
    private final String address;

    private IndexServer(Server server, Application application, Database database, String address) {
        this.server = server;
        this.application = application;
        this.database = database;
        this.address = address;
    }

    /**
     * Starts the index.
     *
     * @param clock the only source of time
     * @param out where the secrets of demonstration accounts are printed
     */
    public static IndexServer start(Options options, InstantSource clock, PrintStream out)
            throws Options.InvalidOptionsException {
        PolicyDefinition policy = Policies.load(options.policy());
        SecureRandom random = new SecureRandom();
        Database database = Database.open(options.data());
        Server server = new Server(new QueuedThreadPool(THREADS + JETTYS_OWN_THREADS));
        boolean started = false;
        try {
            ServerConnector connector = connector(server, options);
            connector.open();
            String address = options.baseUrl()
                    .map(URI::toString)
                    .orElse("http://" + urlHost(options.host()) + ":" + connector.getLocalPort());
            Environment env = new Environment(
                    options,
                    clock,
                    random,
                    address,
                    database.source(),
                    database.jdbi(),
                    Keys.load(options.data(), random));
            Application application = new Application(env, policy);
            if (options.demo()) {
                application.showCodesOf(Demo.prepare(application.demoAccounts(), clock, random, out));
            }
            application.catchUp();
            server.setHandler(new GracefulHandler(new HostGuard(hosts(options), context(application, env))));
            server.setStopTimeout(STOP_MILLIS);
            server.setErrorHandler(new org.eclipse.jetty.server.handler.ErrorHandler());
            server.start();
            started = true;
            return new IndexServer(server, application, database, address);
        } catch (Options.InvalidOptionsException | RuntimeException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot listen on " + options.host() + ":" + options.port(), e);
        } catch (Exception e) {
            throw new IllegalStateException("the index cannot start", e);
        } finally {
            if (!started) {
                stop(server);
                database.close();
            }
        }
    }

    private static String urlHost(String host) {
        return host.indexOf(':') < 0 ? host : "[" + host + "]";
    }

    private static ServerConnector connector(Server server, Options options) {
        HttpConfiguration http = new HttpConfiguration();
        http.setSendServerVersion(false);
        // A token with many restrictions is long.
        http.setRequestHeaderSize(64 * 1024);
        ServerConnector connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(options.host());
        connector.setPort(options.port());
        // Requests under way are waited for; connections on which nothing happens are not.
        connector.setShutdownIdleTimeout(SHUTDOWN_IDLE_MILLIS);
        server.addConnector(connector);
        return connector;
    }

    /** The names under which the index answers: a page that another name brought here must not read it. */
    private static Set<String> hosts(Options options) {
        return options.baseUrl().map(uri -> Set.of(uri.getHost())).orElse(Set.of("localhost", "127.0.0.1", "[::1]"));
    }

    private static ServletContextHandler context(Application application, Environment env) throws IOException {
        ServletContextHandler context = new ServletContextHandler("/", ServletContextHandler.SESSIONS);
        SessionHandler sessions = context.getSessionHandler();
        sessions.setSessionCookie(env.cookieName("session"));
        sessions.setHttpOnly(true);
        sessions.setSameSite(HttpCookie.SameSite.LAX);
        sessions.setSecureRequestOnly(false);
        sessions.getSessionCookieConfig().setSecure(env.isSecure());
        sessions.getSessionCookieConfig().setPath("/");
        sessions.setSessionTrackingModes(EnumSet.of(SessionTrackingMode.COOKIE));
        context.setMaxFormContentSize(LARGEST_FORM);
        ErrorHandler errors = new ErrorHandler();
        errors.setShowStacks(false);
        context.setErrorHandler(errors);
        context.addFilter(new FilterHolder(application.filter()), "/*", EnumSet.allOf(DispatcherType.class));
        context.addServlet(new ServletHolder("pages", application.servlet()), "/");
        application.programs().forEach((servlet, paths) -> {
            ServletHolder programs = new ServletHolder(paths.iterator().next(), servlet);
            paths.forEach(path -> context.addServlet(programs, path));
        });
        Path uploads =
                Files.createDirectories(env.options().data().toAbsolutePath().resolve("uploads"));
        HttpServlet upload = application.servlet();
        ServletHolder holder = new ServletHolder("upload", upload);
        holder.getRegistration()
                .setMultipartConfig(new MultipartConfigElement(
                        uploads.toString(), Application.LARGEST_FILE, Application.LARGEST_FILE + (1 << 20), IN_MEMORY));
        context.addServlet(holder, Application.UPLOAD_PATH);
        return context;
    }

    /** The address under which people reach it, without a slash at the end. */
    public String address() {
        return address;
    }

    /** Waits until the index is stopped. */
    void join() throws InterruptedException {
        server.join();
    }

    @Override
    public void close() {
        stop(server);
        application.close();
        database.close();
    }

    private static void stop(Server server) {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("the index does not stop", e);
        }
    }
}
