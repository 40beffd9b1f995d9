import Testing

/// The cases of csv-spectrum (github.com/max-mapper/csv-spectrum), which CSV readers are commonly held against.
@Suite struct SpectrumTests {
    @Test(
        arguments: [
            (
                "comma in quotes", "first,last,address,city,zip\nJohn,Doe,120 any st.,\"Anytown, WW\",08123",
                [["first", "last", "address", "city", "zip"], ["John", "Doe", "120 any st.", "Anytown, WW", "08123"]]
            ),
            ("empty", "a,b,c\n1,\"\",\"\"\n2,3,4", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
            ("empty, CRLF", "a,b,c\r\n1,\"\",\"\"\r\n2,3,4", [["a", "b", "c"], ["1", "", ""], ["2", "3", "4"]]),
            (
                "escaped quotes", "a,b\n1,\"ha \"\"ha\"\" ha\"\n3,4\n",
                [["a", "b"], ["1", "ha \"ha\" ha"], ["3", "4"]]
            ),
            (
                "json", "key,val\n1,\"{\"\"type\"\": \"\"Point\"\", \"\"coordinates\"\": [102.0, 0.5]}\"\n",
                [["key", "val"], ["1", "{\"type\": \"Point\", \"coordinates\": [102.0, 0.5]}"]]
            ),
            (
                "location coordinates",
                "Contact Phone Number,Location Coordinates,Cities,Counties\n"
                    + "2095257564,37\u{fffd}36'37.8\"N 121\u{fffd}2'17.9\"W,Modesto,Stanislaus",
                [
                    ["Contact Phone Number", "Location Coordinates", "Cities", "Counties"],
                    ["2095257564", "37\u{fffd}36'37.8\"N 121\u{fffd}2'17.9\"W", "Modesto", "Stanislaus"],
                ]
            ),
            (
                "newlines", "a,b,c\n1,2,3\n\"Once upon \na time\",5,6\n7,8,9\n",
                [["a", "b", "c"], ["1", "2", "3"], ["Once upon \na time", "5", "6"], ["7", "8", "9"]]
            ),
            (
                "newlines, CRLF", "a,b,c\r\n1,2,3\r\n\"Once upon \r\na time\",5,6\r\n7,8,9\r\n",
                [["a", "b", "c"], ["1", "2", "3"], ["Once upon \r\na time", "5", "6"], ["7", "8", "9"]]
            ),
            (
                "quotes and newlines", "a,b\n1,\"ha \n\"\"ha\"\" \nha\"\n3,4\n",
                [["a", "b"], ["1", "ha \n\"ha\" \nha"], ["3", "4"]]
            ),
            ("simple", "a,b,c\n1,2,3\n", [["a", "b", "c"], ["1", "2", "3"]]),
            ("simple, CRLF", "a,b,c\r\n1,2,3\r\n", [["a", "b", "c"], ["1", "2", "3"]]),
            (
                "UTF-8", "a,b,c\n1,2,3\n4,5,\u{2a4}",
                [["a", "b", "c"], ["1", "2", "3"], ["4", "5", "\u{2a4}"]]
            ),
        ])
    func `is read as its authors say`(name: String, text: String, cells: [[String]]) {
        let reading = Reading(of: text)
        #expect(reading.cells == cells, "\(name)")
        #expect(reading.error == nil)
    }
}
