import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Java's clients, one a mode: `java Clients MODE HOST`. Nothing here knows of a proxy. */
class Clients {
  public static void main(String[] words) throws Exception {
    System.out.println(run(words[0], words[1]));
    System.exit(0);
  }

  static String run(String mode, String host) throws Exception {
    switch (mode) {
      case "httpclient":
        return get("https://" + host + "/java-httpclient");
      case "httpclient-plain":
        return get("http://" + host + "/java-httpclient-plain");
      case "urlconnection":
        return read(new URI("https://" + host + "/java-urlconnection"));
      case "websocket":
        return hello(new URI("wss://" + host + "/java-websocket"));
      default:
        throw new IllegalArgumentException(mode);
    }
  }

  static String get(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(new URI(url)).build();
    HttpResponse<String> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
    if (answer.statusCode() != 200) throw new IllegalStateException("status " + answer.statusCode());
    return answer.version() + " " + answer.body();
  }

  static String read(URI uri) throws Exception {
    HttpURLConnection connection = (HttpURLConnection) uri.toURL().openConnection();
    try (InputStream body = connection.getInputStream()) {
      return new String(body.readAllBytes());
    }
  }

  static String hello(URI uri) throws Exception {
    CompletableFuture<String> said = new CompletableFuture<>();
    WebSocket.Listener listener =
        new WebSocket.Listener() {
          public CompletionStage<?> onText(WebSocket socket, CharSequence text, boolean last) {
            said.complete(text.toString());
            return null;
          }
        };
    HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, listener).get(20, TimeUnit.SECONDS)
        .sendText("hello", true);
    return said.get(20, TimeUnit.SECONDS);
  }
}
