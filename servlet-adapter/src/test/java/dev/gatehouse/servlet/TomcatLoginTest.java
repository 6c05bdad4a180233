package dev.gatehouse.servlet;

/** Logins through the endpoints on Tomcat. */
class TomcatLoginTest extends LoginContract {
    @Override
    Container container() {
        return new TomcatContainer();
    }
}
