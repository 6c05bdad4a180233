package dev.gatehouse.benchmarks;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.lang.reflect.Proxy;

/** As much of a response as the filter writes to; it counts what it gets. */
final class StandInResponse extends HttpServletResponseWrapper {
    private int status = 200;
    private long written;
    private final ServletOutputStream out = new ServletOutputStream() {
        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("asynchronous writing");
        }

        @Override
        public void write(int octet) {
            written++;
        }

        @Override
        public void write(byte[] octets, int from, int length) {
            written += length;
        }
    };

    StandInResponse() {
        super((HttpServletResponse) Proxy.newProxyInstance(
                StandInResponse.class.getClassLoader(),
                new Class<?>[] {HttpServletResponse.class},
                (proxy, called, args) -> {
                    throw new UnsupportedOperationException(called.getName());
                }));
    }

    void reset(int before) {
        status = before;
        written = 0;
    }

    long written() {
        return written;
    }

    @Override
    public boolean isCommitted() {
        return false;
    }

    @Override
    public void resetBuffer() {
        written = 0;
    }

    @Override
    public void addHeader(String name, String value) {
        written += value.length();
    }

    @Override
    public void setHeader(String name, String value) {
        written += value.length();
    }

    @Override
    public void setStatus(int code) {
        status = code;
    }

    @Override
    public int getStatus() {
        return status;
    }

    @Override
    public void setContentType(String type) {
        written += type.length();
    }

    @Override
    public void setContentLength(int length) {
        written += length;
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return out;
    }
}
