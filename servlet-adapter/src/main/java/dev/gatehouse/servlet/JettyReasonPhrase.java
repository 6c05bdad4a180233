package dev.gatehouse.servlet;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.MetaData;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Rebuilds the response's head as it goes out; loads only where Jetty is. */
final class JettyReasonPhrase implements ReasonPhrase {

    @Override
    public void set(HttpServletRequest request, HttpServletResponse response, String phrase) {
        ServletRequest inner = request;
        while (inner instanceof ServletRequestWrapper wrapper) {
            inner = wrapper.getRequest();
        }
        ServletContextRequest jetty = ServletContextRequest.getServletContextRequest(inner);
        if (jetty != null && !phrase.isEmpty()) {
            jetty.addHttpStreamWrapper(stream -> new Phrased(stream, phrase));
        }
    }

    private static final class Phrased extends HttpStream.Wrapper {
        private final String phrase;

        Phrased(HttpStream stream, String phrase) {
            super(stream);
            this.phrase = phrase;
        }

        @Override
        public void send(
                MetaData.Request request,
                MetaData.@Nullable Response response,
                boolean last,
                @Nullable ByteBuffer content,
                Callback callback) {
            MetaData.Response phrased = response == null
                    ? null
                    : new MetaData.Response(
                            response.getStatus(),
                            phrase,
                            response.getHttpVersion(),
                            response.getHttpFields(),
                            response.getContentLength(),
                            response.getTrailersSupplier());
            super.send(request, phrased, last, content, callback);
        }
    }
}
