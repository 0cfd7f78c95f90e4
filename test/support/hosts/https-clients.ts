/** Programs that the agent runs with nothing set: the HTTPS clients of three languages, each says the status it got. */
export const clientPrograms = {
  'urls.py': `import sys, urllib.request, requests, httpx
print("urllib", urllib.request.urlopen("https://api.test/urllib").status)
print("requests", requests.get("https://api.test/requests").status_code)
print("httpx", httpx.get("https://api.test/httpx").status_code)
`,
  'node-https.js': `const https = require('node:https')
https.get('https://api.test/node-https', answer => console.log('node https', answer.statusCode))
fetch('https://api.test/node-fetch').then(answer => console.log('node fetch', answer.status))
`,
  'Get.java': `import java.net.URI;
import java.net.http.*;
public class Get {
  public static void main(String[] words) throws Exception {
    var request = HttpRequest.newBuilder(URI.create("https://api.test/java-client")).build();
    System.out.println("java client " + HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    var connection = (java.net.HttpURLConnection) URI.create("https://api.test/java-url").toURL().openConnection();
    System.out.println("java url " + connection.getResponseCode());
  }
}
`,
} as const
