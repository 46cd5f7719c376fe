package main

import (
	"context"
	"encoding/json"
	"fmt"
	"log"
	"os"
	"slices"
	"strconv"
	"sync"
	"time"

	"github.com/aws/aws-dax-go-v2/dax"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
)

// bench measures how quickly items that are cached are read; latencies in microseconds.
func bench(client *dax.Dax, table string, items, seconds, callers int) {
	get := func(number int) {
		input := &dynamodb.GetItemInput{TableName: aws.String(table), Key: item{"pk": text(fmt.Sprint("item ", number))}}
		found, err := client.GetItem(context.Background(), input)
		if err != nil || len(found.Item) == 0 {
			log.Fatal(number, " is not there: ", err)
		}
	}
	for number := range items {
		get(number)
	}
	took := make([][]float64, callers)
	begin := time.Now()
	until := begin.Add(time.Duration(seconds) * time.Second)
	var all sync.WaitGroup
	for caller := range callers {
		all.Add(1)
		go func() {
			defer all.Done()
			for number := caller; time.Now().Before(until); {
				// A prime: every item comes up before one comes again.
				number = (number + 7919) % items
				before := time.Now()
				get(number)
				took[caller] = append(took[caller], float64(time.Since(before).Nanoseconds())/1000)
			}
		}()
	}
	all.Wait()
	elapsed := time.Since(begin).Seconds()
	sorted := slices.Concat(took...)
	slices.Sort(sorted)
	at := func(share float64) float64 { return sorted[int(float64(len(sorted)-1)*share)] }
	line := map[string]any{"calls": len(sorted), "seconds": elapsed, "p50": at(0.5), "p99": at(0.99)}
	if err := json.NewEncoder(os.Stdout).Encode(line); err != nil {
		log.Fatal(err)
	}
}

func number(text string) int {
	number, err := strconv.Atoi(text)
	if err != nil {
		log.Fatal(err)
	}
	return number
}
