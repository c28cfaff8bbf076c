// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "tests/proto/reflect.h"

namespace portulan::reflect {

namespace {

void collectEmpty(const Message &message, const std::string &path, std::vector<std::string> &empty)
{
    const auto *type = message.GetDescriptor();
    const auto *reflection = message.GetReflection();
    for (int i = 0; i < type->field_count(); ++i) {
        const auto *field = type->field(i);
        const std::string name = path + field->name();
        const auto *choice = field->real_containing_oneof();
        const bool set = field->is_repeated() ? reflection->FieldSize(message, field) > 0
            : choice                          ? reflection->HasOneof(message, choice)
                                              : reflection->HasField(message, field);
        if (!set) {
            empty.push_back(name);
        } else if (field->cpp_type() == FieldDescriptor::CPPTYPE_MESSAGE && !field->is_map()) {
            if (field->is_repeated()) {
                collectEmpty(reflection->GetRepeatedMessage(message, field, 0), name + '.', empty);
            } else if (reflection->HasField(message, field)) {
                collectEmpty(reflection->GetMessage(message, field), name + '.', empty);
            }
        }
    }
}

}

std::vector<std::string> emptyFields(const Message &message)
{
    std::vector<std::string> empty;
    collectEmpty(message, {}, empty);
    return empty;
}

void forEachScalar(Message &message, const std::function<void(Message &, const FieldDescriptor *)> &visit)
{
    std::vector<const FieldDescriptor *> fields;
    message.GetReflection()->ListFields(message, &fields);
    for (const auto *field : fields) {
        if (field->cpp_type() != FieldDescriptor::CPPTYPE_MESSAGE) {
            visit(message, field);
        } else if (field->is_repeated()) {
            for (int i = 0; i < message.GetReflection()->FieldSize(message, field); ++i) {
                forEachScalar(*message.GetReflection()->MutableRepeatedMessage(&message, field, i), visit);
            }
        } else {
            forEachScalar(*message.GetReflection()->MutableMessage(&message, field), visit);
        }
    }
}

}
