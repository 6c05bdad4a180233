package dev.gatehouse.servlet;

class JettyBlackBoxTest extends BlackBoxContract {
    @Override
    Container container() {
        return new JettyContainer(false);
    }
}
