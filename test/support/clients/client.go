// Go's own client: `go run client.go HOST`. Nothing here knows of a proxy.
package main

import (
	"fmt"
	"io"
	"net/http"
	"os"
)

func main() {
	answer, err := http.Get("https://" + os.Args[1] + "/go-net-http")
	if err != nil || answer.StatusCode != 200 {
		fmt.Println(answer, err)
		os.Exit(1)
	}
	body, _ := io.ReadAll(answer.Body)
	fmt.Println(answer.Proto, string(body))
}
