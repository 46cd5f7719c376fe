package main

import (
	"encoding/base64"
	"log"
	"reflect"

	"github.com/aws/aws-sdk-go-v2/service/dynamodb/types"
	"github.com/aws/smithy-go/middleware"
)

var (
	attributeValue = reflect.TypeOf((*types.AttributeValue)(nil)).Elem()
	metadata       = reflect.TypeOf(middleware.Metadata{})
)

// fill puts JSON into a type of the SDK, whose fields have DynamoDB's names.
func fill(into reflect.Value, given any) {
	if into.Type() == attributeValue {
		into.Set(reflect.ValueOf(value(given.(map[string]any))))
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		fill(into.Elem(), given)
	case reflect.Struct:
		for name, each := range given.(map[string]any) {
			field := into.FieldByName(name)
			if !field.IsValid() {
				log.Fatalf("%s has no %s", into.Type(), name)
			}
			fill(field, each)
		}
	case reflect.Slice:
		list := given.([]any)
		into.Set(reflect.MakeSlice(into.Type(), len(list), len(list)))
		for n, each := range list {
			fill(into.Index(n), each)
		}
	case reflect.Map:
		into.Set(reflect.MakeMap(into.Type()))
		for name, each := range given.(map[string]any) {
			element := reflect.New(into.Type().Elem()).Elem()
			fill(element, each)
			into.SetMapIndex(reflect.ValueOf(name), element)
		}
	case reflect.String:
		into.SetString(given.(string))
	case reflect.Bool:
		into.SetBool(given.(bool))
	case reflect.Int32:
		into.SetInt(int64(given.(float64)))
	default:
		log.Fatalf("%s is not known", into.Type())
	}
}

// value is an attribute value from DynamoDB JSON.
func value(given map[string]any) types.AttributeValue {
	for kind, data := range given {
		switch kind {
		case "S":
			return &types.AttributeValueMemberS{Value: data.(string)}
		case "N":
			return &types.AttributeValueMemberN{Value: data.(string)}
		case "B":
			return &types.AttributeValueMemberB{Value: decoded(data)}
		case "BOOL":
			return &types.AttributeValueMemberBOOL{Value: data.(bool)}
		case "NULL":
			return &types.AttributeValueMemberNULL{Value: data.(bool)}
		case "SS":
			return &types.AttributeValueMemberSS{Value: each(data, func(one any) string { return one.(string) })}
		case "NS":
			return &types.AttributeValueMemberNS{Value: each(data, func(one any) string { return one.(string) })}
		case "BS":
			return &types.AttributeValueMemberBS{Value: each(data, decoded)}
		case "L":
			return &types.AttributeValueMemberL{Value: each(data, func(one any) types.AttributeValue { return value(one.(map[string]any)) })}
		case "M":
			members := map[string]types.AttributeValue{}
			for name, one := range data.(map[string]any) {
				members[name] = value(one.(map[string]any))
			}
			return &types.AttributeValueMemberM{Value: members}
		}
	}
	log.Fatalf("%v is no attribute value", given)
	return nil
}

func decoded(text any) []byte {
	data, err := base64.StdEncoding.DecodeString(text.(string))
	if err != nil {
		log.Fatal(err)
	}
	return data
}

func each[T any](list any, one func(any) T) []T {
	all := []T{}
	for _, element := range list.([]any) {
		all = append(all, one(element))
	}
	return all
}

// tell is the way back: what the SDK holds, as JSON can tell it. What is nil is left out.
func tell(from reflect.Value) any {
	switch from.Kind() {
	case reflect.Interface:
		return told(from.Interface().(types.AttributeValue))
	case reflect.Pointer:
		return tell(from.Elem())
	case reflect.Struct:
		fields := map[string]any{}
		for n := range from.NumField() {
			field := from.Type().Field(n)
			if field.IsExported() && field.Type != metadata && !absent(from.Field(n)) {
				fields[field.Name] = tell(from.Field(n))
			}
		}
		return fields
	case reflect.Slice:
		list := []any{}
		for n := range from.Len() {
			list = append(list, tell(from.Index(n)))
		}
		return list
	case reflect.Map:
		members := map[string]any{}
		for _, name := range from.MapKeys() {
			members[name.String()] = tell(from.MapIndex(name))
		}
		return members
	default:
		return from.Interface()
	}
}

func absent(field reflect.Value) bool {
	switch field.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Slice, reflect.Map:
		return field.IsNil()
	case reflect.String:
		return field.Len() == 0
	}
	return false
}

func told(given types.AttributeValue) any {
	switch one := given.(type) {
	case *types.AttributeValueMemberS:
		return map[string]any{"S": one.Value}
	case *types.AttributeValueMemberN:
		return map[string]any{"N": one.Value}
	case *types.AttributeValueMemberB:
		return map[string]any{"B": base64.StdEncoding.EncodeToString(one.Value)}
	case *types.AttributeValueMemberBOOL:
		return map[string]any{"BOOL": one.Value}
	case *types.AttributeValueMemberNULL:
		return map[string]any{"NULL": one.Value}
	case *types.AttributeValueMemberSS:
		return map[string]any{"SS": one.Value}
	case *types.AttributeValueMemberNS:
		return map[string]any{"NS": one.Value}
	case *types.AttributeValueMemberBS:
		all := []string{}
		for _, data := range one.Value {
			all = append(all, base64.StdEncoding.EncodeToString(data))
		}
		return map[string]any{"BS": all}
	case *types.AttributeValueMemberL:
		return map[string]any{"L": tell(reflect.ValueOf(one.Value))}
	case *types.AttributeValueMemberM:
		return map[string]any{"M": tell(reflect.ValueOf(one.Value))}
	}
	log.Fatalf("%T is not known", given)
	return nil
}
