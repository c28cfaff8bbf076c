// SPDX-FileCopyrightText: 2026 The Portulan authors
// SPDX-License-Identifier: EUPL-1.2
#include "core/expression.h"
#include "core/words.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace portulan {

namespace {

using nlohmann::json;
using enum Op;
constexpr auto operators = wording<Op>(
    {{True, "true"}, {False, "false"}, {And, "and"}, {Or, "or"}, {Not, "not"}, {Eq, "eq"}, {Ne, "ne"}, {Lt, "lt"}, {Le, "le"}, {Gt, "gt"}, {Ge, "ge"},
        {In, "in"}, {AnyIn, "anyIn"}, {AllIn, "allIn"}, {Empty, "empty"}, {Exists, "exists"}, {Cert, "cert"}, {CertAtLeastVar, "certAtLeastVar"}});

auto expected(std::string what)
{
    return refuse(Reason::Malformed, {{"expected", std::move(what)}});
}

/// What may stand at one place of an operator.
enum Kind : unsigned { aFact = 1, aWord = 2, aNumber = 4, aFlag = 8, aList = 16, aSet = 32 };
struct Shape {
    std::size_t count;
    unsigned kinds[2];
    std::string_view expected;
};
Shape shapeOf(Op how)
{
    switch (how) {
    case Eq:
    case Ne:
        return {2, {aFact | aWord | aNumber | aFlag, aFact | aWord | aNumber | aFlag}, "two facts or values, at least one a fact"};
    case Lt:
    case Le:
    case Gt:
    case Ge:
        return {2, {aFact | aNumber, aFact | aNumber}, "two facts or numbers, at least one a fact"};
    case In:
        return {2, {aFact | aWord, aFact | aList | aSet}, "a fact or word and a set, a list of words or a fact"};
    case AnyIn:
    case AllIn:
        return {2, {aFact | aList, aFact | aList | aSet}, "a fact or list and a set, a list of words or a fact"};
    default:
        return {1, {aFact, 0}, "one fact"};
    }
}

}

/// Reads one expression tree and counts what it has read.
class ExpressionReader {
public:
    ExpressionReader(Role role, Vocabulary &vocabulary)
        : m_role(role)
        , m_vocabulary(vocabulary)
    {
    }
    Result<Expression> read(const json &source, int depth);

private:
    Result<> readParts(Expression &to, const json &list, int depth);
    Result<> readOperands(Expression &to, const json &list);
    Result<> readCertificate(Expression &to, const json &list);
    Result<Expression::Operand> readOperand(const json &source, unsigned kinds, std::string_view otherwise);
    Result<Expression::Operand> readNamed(const json &source, unsigned kinds, std::string_view otherwise);
    static Result<Words> readList(const json &source);

    Role m_role;
    Vocabulary &m_vocabulary;
    std::size_t m_nodes = 0;
};

Result<Expression> ExpressionReader::read(const json &source, int depth)
{
    if (depth > Expression::maxDepth) {
        return expected("at most " + std::to_string(Expression::maxDepth) + " levels");
    }
    if (++m_nodes > Expression::maxNodes) {
        return expected("at most " + std::to_string(Expression::maxNodes) + " parts");
    }
    if (!source.is_object() || source.size() != 1 || !source.begin().value().is_array()) {
        return expected("an object of one operator and the list of its operands");
    }
    const auto how = operators.from(source.begin().key());
    if (!how) {
        return expected("a known operator instead of \"" + source.begin().key().substr(0, 64) + '"');
    }
    Expression read;
    read.m_operator = *how;
    read.m_role = m_role;
    const json &list = source.begin().value();
    Result<> done;
    if (*how == True || *how == False) {
        done = list.empty() ? Result<>() : expected("no operand for " + source.begin().key());
        read.m_text = source.begin().key();
        return done ? Result<Expression>(std::move(read)) : tl::unexpected(done.error());
    }
    read.m_text = source.begin().key() + '(';
    if (read.isLogic()) {
        done = readParts(read, list, depth);
    } else if (*how == Cert || *how == CertAtLeastVar) {
        done = readCertificate(read, list);
    } else {
        done = readOperands(read, list);
    }
    if (!done) {
        return tl::unexpected(done.error());
    }
    read.m_text += ')';
    return read;
}

Result<> ExpressionReader::readParts(Expression &to, const json &list, int depth)
{
    if (list.empty() || (to.m_operator == Not && list.size() != 1)) {
        return expected(to.m_operator == Not ? "one expression for not" : "at least one expression for and, or");
    }
    for (const auto &entry : list) {
        auto part = read(entry, depth + 1);
        if (!part) {
            return tl::unexpected(part.error());
        }
        to.m_text += (to.m_parts.empty() ? "" : ", ") + part->m_text;
        to.m_parts.push_back(std::move(*part));
    }
    return {};
}

Result<> ExpressionReader::readOperands(Expression &to, const json &list)
{
    const Shape shape = shapeOf(to.m_operator);
    if (list.size() != shape.count) {
        return expected(std::string(shape.expected));
    }
    bool readsFact = false;
    for (std::size_t i = 0; i < shape.count; ++i) {
        auto operand = readOperand(list[i], shape.kinds[i], shape.expected);
        if (!operand) {
            return tl::unexpected(operand.error());
        }
        readsFact |= operand->slot.has_value();
        to.m_text += (i == 0 ? "" : ", ") + operand->text;
        to.m_operands.push_back(std::move(*operand));
    }
    return readsFact ? Result<>() : expected(std::string(shape.expected));
}

Result<> ExpressionReader::readCertificate(Expression &to, const json &list)
{
    const bool fixed = to.m_operator == Cert;
    if (list.size() != 2 || !list[0].is_string() || list[0].get_ref<const std::string &>().empty()) {
        return expected("a certificate scheme and a level");
    }
    to.m_scheme = list[0].get<std::string>();
    to.m_text += to.m_scheme;
    const auto ranking = m_vocabulary.rankings.find(to.m_scheme);
    to.m_ranking = ranking == m_vocabulary.rankings.end() ? nullptr : &ranking->second;
    if (fixed && list[1].is_null()) {
        return {};
    }
    if (!to.m_ranking) {
        return expected("a scheme of cert_orders instead of \"" + to.m_scheme.substr(0, 64) + '"');
    }
    if (fixed) {
        if (!list[1].is_string() || std::ranges::find(*to.m_ranking, list[1].get_ref<const std::string &>()) == to.m_ranking->end()) {
            return expected("a level of " + to.m_scheme + " as in cert_orders, or null");
        }
        to.m_level = list[1].get<std::string>();
        to.m_text += ", " + to.m_level;
        return {};
    }
    auto level = readOperand(list[1], aFact, "a fact that says the level");
    if (!level) {
        return tl::unexpected(level.error());
    }
    to.m_text += ", " + level->text;
    to.m_operands.push_back(std::move(*level));
    return {};
}

Result<Expression::Operand> ExpressionReader::readOperand(const json &source, unsigned kinds, std::string_view otherwise)
{
    Expression::Operand operand;
    if (source.is_object()) {
        return readNamed(source, kinds, otherwise);
    }
    if (source.is_array() && (kinds & aList)) {
        auto list = readList(source);
        if (!list) {
            return tl::unexpected(list.error());
        }
        operand.literal = std::move(*list);
        operand.text = '[' + describe(operand.literal) + ']';
        return operand;
    }
    if (source.is_string() && (kinds & aWord)) {
        operand.literal = source.get<std::string>();
        operand.text = '"' + source.get<std::string>() + '"';
    } else if (source.is_number() && (kinds & aNumber) && std::isfinite(source.get<double>())) {
        operand.literal = source.get<double>();
        operand.text = describe(operand.literal);
    } else if (source.is_boolean() && (kinds & aFlag)) {
        operand.literal = source.get<bool>();
        operand.text = describe(operand.literal);
    } else {
        return expected(std::string(otherwise));
    }
    return operand;
}

Result<Expression::Operand> ExpressionReader::readNamed(const json &source, unsigned kinds, std::string_view otherwise)
{
    if (source.size() != 1 || !source.begin().value().is_string()) {
        return expected(std::string(otherwise));
    }
    Expression::Operand operand;
    operand.text = source.begin().value().get<std::string>();
    if (source.begin().key() == "var" && (kinds & aFact)) {
        operand.slot = m_vocabulary.slotOf(operand.text);
        operand.closed = isClosedWorld(operand.text);
        if (operand.slot) {
            return operand;
        }
        return expected("a fact named site., provider., dataset., workload., policy. or tenant. and then a-z, 0-9, _, instead of \""
            + operand.text.substr(0, 64) + '"');
    }
    if (source.begin().key() == "set" && (kinds & aSet)) {
        const auto set = m_vocabulary.sets.find(operand.text);
        if (set == m_vocabulary.sets.end()) {
            return expected("a set of this file instead of \"" + operand.text.substr(0, 64) + '"');
        }
        operand.set = &set->second;
        return operand;
    }
    return expected(std::string(otherwise));
}

Result<Words> ExpressionReader::readList(const json &source)
{
    Words list;
    for (const auto &entry : source) {
        if (!entry.is_string()) {
            return expected("a list of words");
        }
        list.push_back(entry.get<std::string>());
    }
    return list;
}

Result<Expression> Expression::fromJson(const json &source, Role role, Vocabulary &vocabulary)
{
    return ExpressionReader(role, vocabulary).read(source, 1);
}

}
