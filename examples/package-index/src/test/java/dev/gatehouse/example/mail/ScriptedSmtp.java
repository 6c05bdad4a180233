package dev.gatehouse.example.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that answers a command as it was told to, and takes everything else. */
final class ScriptedSmtp implements AutoCloseable {
    /** In the place of an answer: the connection is closed. */
    static final String GONE = "";

    /** What is asked for at the end of the text of a mail. */
    static final String END = ".";

    private record Line(String command, String answer) {}

    private final Queue<Line> script = new ConcurrentLinkedQueue<>();
    private final List<String> taken = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    ScriptedSmtp() {
        try {
            server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread worker = new Thread(this::work, "scripted-smtp");
        worker.setDaemon(true);
        worker.start();
    }

    int port() {
        return server.getLocalPort();
    }

    /** The next command that begins so is answered so; in the order of these calls. */
    ScriptedSmtp answer(String command, String answer) {
        script.add(new Line(command, answer));
        return this;
    }

    /** The recipients of the mails that were taken. */
    List<String> taken() {
        return taken;
    }

    /** The recipients that were asked for, whether their mails were taken or not. */
    List<String> asked() {
        return asked;
    }

    private void work() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                talk(socket);
            } catch (IOException e) {
                // The client has gone, or the test is over: the next one is waited for, if there can be one.
            }
        }
    }

    private void talk(Socket socket) throws IOException {
        BufferedReader in =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        say(socket, "220 ready");
        String recipient = "";
        for (String command = in.readLine(); command != null; command = in.readLine()) {
            if (command.startsWith("RCPT")) {
                recipient = command.substring(command.indexOf('<') + 1, command.indexOf('>'));
                asked.add(recipient);
            }
            String answer = next(command, command.startsWith("DATA") ? "354 go on" : "250 ok");
            if (answer.equals(GONE)) {
                return;
            }
            say(socket, answer);
            if (command.startsWith("DATA") && answer.startsWith("354")) {
                for (String line = in.readLine(); !END.equals(line); line = in.readLine()) {
                    if (line == null) {
                        return;
                    }
                }
                String end = next(END, "250 taken");
                if (end.equals(GONE)) {
                    return;
                }
                if (end.startsWith("250")) {
                    taken.add(recipient);
                }
                say(socket, end);
            }
        }
    }

    private String next(String command, String otherwise) {
        Line line = script.peek();
        if (line == null || !command.startsWith(line.command())) {
            return otherwise;
        }
        script.remove();
        return line.answer();
    }

    private static void say(Socket socket, String line) throws IOException {
        socket.getOutputStream().write((line + "\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
