package main

import (
	"context"
	"fmt"
	"os"
	"reflect"
	"strings"
	"time"

	"github.com/aws/aws-dax-go-v2/dax"
	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb"
	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
)

type item = map[string]types.AttributeValue

// load writes items and reads them back without end.
func load(client *dax.Dax, table, who, order string) {
	ctx := context.Background()
	possible := map[string][]item{}
	for number := 0; ; number++ {
		shape := number % 7
		if order == "down" {
			shape = 6 - shape
		}
		pk := fmt.Sprint(who, " ", number%20)
		written := item{"pk": text(pk)}
		for n := range 1 + shape%4 {
			name := fmt.Sprint("n", (shape*3+n)%10)
			written[name] = text(fmt.Sprint(name, "=", number))
		}
		if _, known := possible[pk]; !known {
			possible[pk] = []item{nil}
		}
		if _, err := client.PutItem(ctx, &dynamodb.PutItemInput{TableName: aws.String(table), Item: written}); err != nil {
			possible[pk] = append(possible[pk], written)
			failed(err)
		} else {
			possible[pk] = []item{written}
			say("ok")
		}
		found, err := client.GetItem(ctx, &dynamodb.GetItemInput{TableName: aws.String(table), Key: item{"pk": text(pk)}})
		if err != nil {
			failed(err)
		} else if among(possible[pk], found.Item) {
			say("ok")
		} else {
			say(fmt.Sprint("wrong ", tell(reflect.ValueOf(found.Item)), ", not ", tell(reflect.ValueOf(possible[pk][0]))))
		}
	}
}

func among(items []item, found item) bool {
	for _, one := range items {
		if len(one) == 0 && len(found) == 0 || reflect.DeepEqual(one, found) {
			return true
		}
	}
	return false
}

func text(text string) types.AttributeValue {
	return &types.AttributeValueMemberS{Value: text}
}

func failed(err error) {
	say(fmt.Sprintf("failed %T %v", err, err))
	time.Sleep(20 * time.Millisecond)
}

func say(line string) {
	fmt.Fprintln(os.Stdout, strings.ReplaceAll(line, "\n", " "))
}
