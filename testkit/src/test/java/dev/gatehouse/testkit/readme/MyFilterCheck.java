package dev.gatehouse.testkit.readme;

import dev.gatehouse.testkit.filter.FilterContract;
import dev.gatehouse.testkit.filter.FilterHost;
import dev.gatehouse.testkit.filter.FilterRequest;
import java.net.URI;

class MyFilterCheck extends FilterContract {
    @Override
    protected FilterHost host() {
        return FilterHost.at(
                        URI.create("http://127.0.0.1:8080"),
                        "/simple/sample/",
                        "/manage/projects/",
                        FilterRequest.post("/legacy/", "application/octet-stream", "a new file each time"),
                        new FilterHost.Credentials(
                                "Cookie: sid=a-session-of-alice",
                                "Cookie: sid=a-session-of-bob-without-factors",
                                "Authorization: Basic X190b2tlbl9fOmFsaWNlcw==",
                                "Authorization: Basic YWxpY2U6cGFzc3dvcmQ="))
                .change(FilterRequest.post("/manage/account/factors/delete", "application/json", "{}"))
                .reached(answer -> !answer.header("X-My-Index").isEmpty())
                .secrets("alice")
                .pypi()
                .build();
    }
}
