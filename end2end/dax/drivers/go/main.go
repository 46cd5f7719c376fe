// Command driver asks our DAX server with Amazon's client for Go.
//
//	driver ENDPOINT TABLE
//
// It prints a line of JSON for each answer. With --load TABLE WHO ORDER in the table's place it does what load.py, beside
// this folder, tells; --bench TABLE ITEMS SECONDS CALLERS is in bench.go.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"log"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/aws/aws-dax-go-v2/dax"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go"
)

type step struct {
	Name  string          `json:"name"`
	Op    string          `json:"op"`
	Input json.RawMessage `json:"input"`
	Twice bool            `json:"twice"`
	Paged bool            `json:"paged"`
}

func main() {
	log.SetFlags(0)
	client := connect(os.Args[1])
	defer client.Close()
	switch os.Args[2] {
	case "--load":
		load(client, os.Args[3], os.Args[4], os.Args[5])
	case "--bench":
		bench(client, os.Args[3], number(os.Args[4]), number(os.Args[5]), number(os.Args[6]))
		return
	}
	var table struct{ Steps []step }
	file, err := os.ReadFile(os.Args[2])
	if err == nil {
		err = json.Unmarshal(file, &table)
	}
	if err != nil {
		log.Fatal(err)
	}
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	for _, step := range table.Steps {
		for again := range 2 {
			if again == 1 && !step.Twice {
				break
			}
			answer := ask(client, step)
			answer["step"], answer["time"] = step.Name, again
			if err := lines.Encode(answer); err != nil {
				log.Fatal(step.Name, ": ", err)
			}
		}
	}
}

func connect(endpoint string) *dax.Dax {
	config := dax.DefaultConfig()
	config.HostPorts = []string{endpoint}
	config.Region = "us-east-1"
	// Some refusals this client keeps to itself: it sends nothing and waits for the answer.
	config.RequestTimeout = 10 * time.Second
	secret, given := os.LookupEnv("DRIVER_SECRET")
	if !given {
		secret = "SECRETDUMMY"
	}
	config.Credentials = aws.CredentialsProviderFunc(func(context.Context) (aws.Credentials, error) {
		return aws.Credentials{AccessKeyID: "AKIDUMMY", SecretAccessKey: secret}, nil
	})
	client, err := dax.New(config)
	if err != nil {
		log.Fatal(err)
	}
	return client
}

// ask calls the method that has the operation's name, until the last page when the step is paged.
func ask(client *dax.Dax, step step) (answer map[string]any) {
	// The client panics on some answers of a server: that is an answer to compare as well.
	defer func() {
		if what := recover(); what != nil {
			answer = map[string]any{"error": map[string]any{"client": "panic", "message": what}}
		}
	}()
	call := reflect.ValueOf(client).MethodByName(step.Op)
	var given any
	if err := json.Unmarshal(step.Input, &given); err != nil {
		log.Fatal(err)
	}
	input := reflect.New(call.Type().In(1).Elem())
	fill(input.Elem(), given)
	pages := []any{}
	for {
		back := call.Call([]reflect.Value{reflect.ValueOf(context.Background()), input})
		if err, failed := back[1].Interface().(error); failed {
			return map[string]any{"error": refusal(err)}
		}
		output := back[0].Elem()
		pages = append(pages, tell(output))
		if !step.Paged {
			return map[string]any{"output": pages[0]}
		}
		last := output.FieldByName("LastEvaluatedKey")
		if last.Len() == 0 {
			return map[string]any{"pages": pages}
		}
		input.Elem().FieldByName("ExclusiveStartKey").Set(last)
	}
}

func refusal(err error) map[string]any {
	var service smithy.APIError
	if !errors.As(err, &service) {
		return map[string]any{"client": reflect.TypeOf(err).String(), "message": err.Error()}
	}
	// The client's own errors of a kind give all their words where only the message should be.
	message := strings.TrimPrefix(service.ErrorMessage(), "api error "+service.ErrorCode()+": ")
	told := map[string]any{"code": service.ErrorCode(), "message": message}
	var cancelled *types.TransactionCanceledException
	if errors.As(err, &cancelled) {
		told["reasons"] = tell(reflect.ValueOf(cancelled.CancellationReasons))
	}
	var condition *types.ConditionalCheckFailedException
	if errors.As(err, &condition) && len(condition.Item) > 0 {
		told["Item"] = tell(reflect.ValueOf(condition.Item))
	}
	return told
}
