package dev.gatehouse.example;

import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Answers only under the names of the index. A page elsewhere can point a name of its own at this machine; the browser would then
 * hold pages of the two for one site.
 */
final class HostGuard extends Handler.Wrapper {
    private final Set<String> names;

    HostGuard(Set<String> names, Handler next) {
        super(next);
        this.names = Set.copyOf(names);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        String name = Request.getServerName(request);
        if (name != null && names.contains(name.toLowerCase(Locale.ROOT))) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, HttpStatus.MISDIRECTED_REQUEST_421);
        return true;
    }
}
